import { expect, test } from 'vitest';

/** Bytes that a peer may send, and what a reader has to make of them. */
export interface WireVector<Result> {
  /** A sentence about behaviour, with the section of its RFC. */
  readonly name: string;
  readonly hex: string;
  /** In order; of a fault, it is the last. */
  readonly expected: readonly Result[];
}

/** The bytes that hex digits stand for; white space between them is for people. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
}

/** One chunk a byte. */
export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** Chunks that end at these places, in any order; places past the end are the end. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const starts = [0, ...places].sort((a, b) => a - b);
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1]));
}

/**
 * Runs each vector three ways: whole, one byte at a time, and with other bytes behind it in the same chunk, which must
 * not change what it means. `read` gets the chunks and answers what its reader made of them.
 */
export function testThreeWays<Result>(
  vectors: readonly WireVector<Result>[],
  read: (chunks: readonly Uint8Array[]) => readonly Result[],
  behindHex: string,
): void {
  for (const { name, hex, expected } of vectors)
    test(`${name}: whole`, () => {
      expect(read([fromHex(hex)])).toEqual(expected);
    });
  for (const { name, hex, expected } of vectors)
    test(`${name}: one byte at a time`, () => {
      expect(read(byteByByte(fromHex(hex)))).toEqual(expected);
    });
  for (const { name, hex, expected } of vectors)
    test(`${name}: with bytes behind it`, () => {
      expect(read([fromHex(hex + behindHex)]).slice(0, expected.length)).toEqual(expected);
    });
}
