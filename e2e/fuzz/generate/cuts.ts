import { Random } from '../engine/random.ts';

/** A way to cut bytes into chunks. */
export interface Cutting {
  readonly name: 'whole' | 'byte by byte' | 'in small chunks' | 'in chunks';
  readonly chunks: readonly Uint8Array[];
}

/** Above this it is too dear to go byte by byte each time. */
const longBytes = 256;

/** The bytes whole, byte by byte (long ones only for one seed in 16), and in two cuttings of chance. */
export function cuttings(bytes: Uint8Array, seed: number): Cutting[] {
  const random = new Random(`cuts ${seed}`);
  const isLong = bytes.length > longBytes && seed % 16 !== 0;
  const all: Cutting[] = [
    { name: 'whole', chunks: [bytes.slice()] },
    { name: 'in small chunks', chunks: cutAtRandom(random, bytes, isLong ? 300 : 9) },
    { name: 'in chunks', chunks: cutAtRandom(random, bytes, Math.max(16, bytes.length)) },
  ];
  return isLong ? all : [...all, { name: 'byte by byte', chunks: singleBytes(bytes) }];
}

/** Chunks of 0 to `longest` - 1 bytes, each in memory of its own. */
export function cutAtRandom(random: Random, bytes: Uint8Array, longest: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = random.below(longest);
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return chunks;
}

/** A chunk for each byte, as views of one buffer, as a socket's may be. */
export function singleBytes(bytes: Uint8Array): Uint8Array[] {
  const copy = bytes.slice();
  return Array.from(copy, (_, at) => copy.subarray(at, at + 1));
}

/** Whether the chunks are still the bytes that they were cut from. */
export function isUntouched({ chunks }: Cutting, bytes: Uint8Array): boolean {
  let at = 0;
  return chunks.every((chunk) => chunk.every((byte) => byte === bytes[at++]));
}
