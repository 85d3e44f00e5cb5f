import { concat } from './hex.ts';

/** How many smaller inputs are tried at most, and for how long, in ms. */
const maxAttempts = 3000;
const maxMs = 2000;

/**
 * A smaller input that still fails: takes away pieces, from large to single bytes, then makes bytes zero, as long as
 * `fails` agrees. The first `headerBytes` stay in their place.
 */
export async function shrink(
  input: Uint8Array,
  headerBytes: number,
  fails: (candidate: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let attempts = 0;
  const endMs = performance.now() + maxMs;
  const isOver = () => attempts >= maxAttempts || performance.now() >= endMs;
  const isWorse = async (candidate: Uint8Array) => {
    attempts++;
    return !isOver() && (await fails(candidate));
  };
  let best = input;
  for (let before = best.length + 1; best.length < before && !isOver(); ) {
    before = best.length;
    best = await removePieces(best, headerBytes, isWorse);
  }
  return zeroBytes(best, isWorse);
}

async function removePieces(
  input: Uint8Array,
  headerBytes: number,
  fails: (candidate: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let best = input;
  for (let size = Math.ceil((best.length - headerBytes) / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = headerBytes; at < best.length; ) {
      const candidate = concat([best.subarray(0, at), best.subarray(at + size)]);
      if (await fails(candidate)) best = candidate;
      else at += size;
    }
  }
  return best;
}

async function zeroBytes(input: Uint8Array, fails: (candidate: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let best = input;
  for (let at = 0; at < best.length; at++) {
    if (best[at] === 0) continue;
    const candidate = best.slice();
    candidate[at] = 0;
    if (await fails(candidate)) best = candidate;
  }
  return best;
}
