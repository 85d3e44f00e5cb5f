/** Chance that a seed decides: the same seed gives the same numbers on every machine (Marsaglia's xorshift of 128 bits). */
export class Random {
  #x: number;
  #y: number;
  #z: number;
  #w: number;

  constructor(seed: string) {
    const spread = spreadSeed(seed);
    this.#x = spread();
    this.#y = spread();
    this.#z = spread();
    // Four zeros would stay zeros.
    this.#w = spread() | 1;
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const t = this.#x ^ (this.#x << 11);
    this.#x = this.#y;
    this.#y = this.#z;
    this.#z = this.#w;
    this.#w ^= (this.#w >>> 19) ^ t ^ (t >>> 8);
    return this.#w >>> 0;
  }

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * end);
  }

  /** A whole number from `first` to `last`, both among them. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True in `share` of the cases: 0 never, 1 always. */
  chance(share: number): boolean {
    return this.uint32() < share * 2 ** 32;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** One of a list, each as often as its weight says. */
  pickWeighted<T>(list: readonly (readonly [weight: number, value: T])[]): T {
    let at = this.below(list.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of list) {
      if (at < weight) return value;
      at -= weight;
    }
    throw new RangeError('a list of weights that are whole numbers, and not empty, is needed');
  }

  /** As many bytes. */
  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.uint32() >>> 24;
    return bytes;
  }

  /** A list of `count` things that are made one after the other. */
  list<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

/** Numbers of 32 bits from a text, all of which it changes: FNV-1a, then a mix of each step. */
function spreadSeed(seed: string): () => number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}
