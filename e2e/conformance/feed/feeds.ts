import { numbersFrom } from './random.ts';

/** Ways to hand the same bytes to a Protocol. */
export const feedNames = ['whole', 'byte by byte', 'in random cuts'] as const;

export type FeedName = (typeof feedNames)[number];

/** Calls back with the pieces of some bytes, in order. */
export type Feed = (bytes: Uint8Array, take: (piece: Uint8Array) => void) => void;

/** A feed; `name` makes the cuts of one row differ from those of another under the same seed. */
export function feedOf(kind: FeedName, seed: number, name: string): Feed {
  switch (kind) {
    case 'whole':
      return (bytes, take) => take(bytes);
    case 'byte by byte':
      return (bytes, take) => {
        for (let at = 0; at < bytes.length; at++) take(bytes.subarray(at, at + 1));
      };
    case 'in random cuts':
      return randomCuts(numbersFrom(seed, name));
  }
}

/** Pieces whose order of magnitude is drawn too, so that headers are cut as well as long payloads. */
function randomCuts(draw: (bound: number) => number): Feed {
  return (bytes, take) => {
    const magnitudes = Math.ceil(Math.log2(bytes.length + 1));
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + draw(2 ** draw(magnitudes));
      take(bytes.subarray(at, end));
      at = end;
    }
  };
}
