import { WireViolation } from './frame-reader.ts';

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
export class Bits {
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

/** The next symbol; a WireViolation where the bits are none. */
export function takeSymbol(bits: Bits, code: Code): number {
  const entry = code.entries[bits.peek(code.bits)]!;
  if (entry === 0) throw new WireViolation('a compressed message has a code that there is not');
  bits.skip(entry & 15);
  return entry >> 4;
}

/** The two codes of a block. */
export interface Codes {
  readonly literals: Code;
  readonly distances: Code;
}

/** The codes that need not be sent (RFC 1951 3.2.6). */
export const fixedCodes: Codes = {
  literals: codeOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codeOf(Array.from({ length: 30 }, () => 5)),
};

/** The codes of a block that brings its own (RFC 1951 3.2.7). A WireViolation where they are none. */
export function takeCodes(bits: Bits): Codes {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const ofLengths: number[] = Array.from({ length: 19 }, () => 0);
  if (literals > 286 || distances > 30) throw new WireViolation('a block has more symbols than there are');
  for (let at = 0; at < count; at++) ofLengths[lengthOrder[at]!] = bits.take(3);
  checkComplete(ofLengths, false);
  const code = codeOf(ofLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) lengths.push(...takeLengths(bits, code, lengths.at(-1)));
  if (lengths.length > literals + distances) throw new WireViolation('lengths of a code go past its end');
  if (lengths[256] === 0) throw new WireViolation('a block cannot end');
  return { literals: toCode(lengths.slice(0, literals)), distances: toCode(lengths.slice(literals)) };
}

function toCode(lengths: readonly number[]): Code {
  checkComplete(lengths, true);
  return codeOf(lengths);
}

/** Each run of bits stands for one symbol; but a code may have one symbol alone, or none that is ever used. */
function checkComplete(lengths: readonly number[], mayBeShort: boolean): void {
  const left = lengths.reduce((sum, length) => (length === 0 ? sum : sum - 2 ** -length), 1);
  const longest = Math.max(...lengths);
  if (left < 0 || (left > 0 && longest > 0 && !(mayBeShort && longest === 1))) {
    throw new WireViolation('lengths of a code are too many or too few');
  }
}

function takeLengths(bits: Bits, code: Code, last: number | undefined): number[] {
  const symbol = takeSymbol(bits, code);
  if (symbol < 16) return [symbol];
  if (symbol === 16 && last === undefined) throw new WireViolation('a length is repeated before there is one');
  const times = symbol === 16 ? bits.take(2) + 3 : symbol === 17 ? bits.take(3) + 3 : bits.take(7) + 11;
  return Array.from({ length: times }, () => (symbol === 16 ? (last as number) : 0));
}

/** How long a reference back is, by its symbol. */
export function takeLength(bits: Bits, symbol: number): number {
  const extra = lengthBits[symbol - 257];
  if (extra === undefined) throw new WireViolation(`a length by the symbol ${symbol}`);
  return (lengthBases[symbol - 257] as number) + bits.take(extra);
}

/** How far a reference goes back. */
export function takeDistance(bits: Bits, { distances }: Codes): number {
  const symbol = takeSymbol(bits, distances);
  return (distanceBases[symbol] as number) + bits.take(distanceBits[symbol] as number);
}
