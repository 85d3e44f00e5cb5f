import { WireViolation } from './frame-reader.ts';

/** What a compressed message looks back on. */
export interface Reach {
  /** How many bytes come out. */
  readonly bytes: number;
  /** The longest distance of a reference back. */
  readonly distance: number;
  /** How far the references go back to before the message. */
  readonly before: number;
}

/** RFC 1951 3.2.5: where the lengths of each code begin, and how many bits more they have. */
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const lengthBases = [...basesOf(3, lengthBits.slice(0, 28)), 258];
const distanceBits = Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1));
const distanceBases = basesOf(1, distanceBits);
/** RFC 1951 3.2.7. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function basesOf(first: number, extraBits: readonly number[]): number[] {
  let next = first;
  return extraBits.map((bits) => (next += 2 ** bits) - 2 ** bits);
}

/** Bits, the lowest of each byte first; behind the end they are 0. */
class Bits {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at = 0;

  constructor(bytes: Uint8Array) {
    // So that there are always three bytes to look at.
    this.#bytes = new Uint8Array(bytes.length + 3);
    this.#bytes.set(bytes);
    this.#end = bytes.length * 8;
  }

  get isOver(): boolean {
    return this.at >= this.#end;
  }

  peek(count: number): number {
    const bytes = this.#bytes;
    const byte = this.at >> 3;
    const three = bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16);
    return (three >>> (this.at & 7)) & ((1 << count) - 1);
  }

  take(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  skip(count: number): void {
    this.at += count;
    if (this.at > this.#end) throw new WireViolation('a compressed message is cut');
  }

  skipToByte(): void {
    this.at = (this.at + 7) & ~7;
  }
}

/** A code of Huffman: what stands for each run of bits, the symbol times 16 and its length. */
interface Code {
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** RFC 1951 3.2.2: the codes of one length follow each other, and those of the next length follow them. */
function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(17);
  for (const length of lengths) if (length > 0) counts[length]! += 1;
  const next = new Uint16Array(17);
  for (let length = 1; length < 16; length++) next[length + 1] = (next[length]! + counts[length]!) * 2;
  const bits = Math.max(
    1,
    counts.findLastIndex((count) => count > 0),
  );
  const entries = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    const step = 1 << length;
    for (let at = reversed(next[length]!++, length); at < entries.length; at += step) {
      entries[at] = symbol * 16 + length;
    }
  }
  return { bits, entries };
}

function reversed(code: number, length: number): number {
  let turned = 0;
  for (let at = 0; at < length; at++) turned = turned * 2 + ((code >> at) & 1);
  return turned;
}

function takeSymbol(bits: Bits, code: Code): number {
  const entry = code.entries[bits.peek(code.bits)]!;
  if (entry === 0) throw new WireViolation('a compressed message has a code that there is not');
  bits.skip(entry & 15);
  return entry >> 4;
}

interface Codes {
  readonly literals: Code;
  readonly distances: Code;
}

/** RFC 1951 3.2.6. */
const fixed: Codes = {
  literals: codeOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codeOf(Array.from({ length: 30 }, () => 5)),
};

function takeCodes(bits: Bits): Codes {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const ofLengths: number[] = Array.from({ length: 19 }, () => 0);
  for (let at = 0; at < count; at++) ofLengths[lengthOrder[at]!] = bits.take(3);
  const code = codeOf(ofLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) lengths.push(...takeLengths(bits, code, lengths.at(-1) ?? 0));
  return { literals: codeOf(lengths.slice(0, literals)), distances: codeOf(lengths.slice(literals)) };
}

function takeLengths(bits: Bits, code: Code, last: number): number[] {
  const symbol = takeSymbol(bits, code);
  if (symbol < 16) return [symbol];
  const times = symbol === 16 ? bits.take(2) + 3 : symbol === 17 ? bits.take(3) + 3 : bits.take(7) + 11;
  return Array.from({ length: times }, () => (symbol === 16 ? last : 0));
}

/**
 * Reads the blocks of a compressed message, its tail put back, by RFC 1951 alone: zlib would not tell how far they look
 * back. Throws a WireViolation.
 */
export function readBlocks(message: Uint8Array): Reach {
  const bits = new Bits(message);
  const reach = { bytes: 0, distance: 0, before: 0 };
  while (!bits.isOver) {
    if (bits.take(1)) throw new WireViolation('a compressed message has a block that says it is the last');
    const type = bits.take(2);
    if (type === 0) skipStored(bits, reach);
    else readCodes(bits, type === 1 ? fixed : takeCodes(bits), reach);
  }
  return reach;
}

function skipStored(bits: Bits, reach: { bytes: number }): void {
  bits.skipToByte();
  const length = bits.take(16);
  bits.skip(16 + length * 8);
  reach.bytes += length;
}

function readCodes(
  bits: Bits,
  { literals, distances }: Codes,
  reach: { bytes: number; distance: number; before: number },
) {
  for (let symbol = takeSymbol(bits, literals); symbol !== 256; symbol = takeSymbol(bits, literals)) {
    if (symbol < 256) {
      reach.bytes += 1;
      continue;
    }
    const length = lengthBases[symbol - 257]! + bits.take(lengthBits[symbol - 257]!);
    const code = takeSymbol(bits, distances);
    const distance = distanceBases[code]! + bits.take(distanceBits[code]!);
    reach.distance = Math.max(reach.distance, distance);
    reach.before = Math.max(reach.before, distance - reach.bytes);
    reach.bytes += length;
  }
}
