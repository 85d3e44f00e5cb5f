import { randomInt } from 'node:crypto';

/** The variable of the environment that replays a seed. */
export const seedName = 'HOLDFAST_SEED';

/** The seed of this run. */
export const seed: number = Number(process.env[seedName] ?? randomInt(2 ** 32));

/** A source of numbers from 0 up to a bound, the same for the same seed and name. */
export function numbersFrom(start: number, name: string): (bound: number) => number {
  let state = start >>> 0;
  for (const char of name) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return (bound) => {
    // Mulberry32: 32 bits of state are plenty for places to cut at.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
