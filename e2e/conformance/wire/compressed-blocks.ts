import { Bits, type Codes, fixedCodes, takeCodes, takeDistance, takeLength, takeSymbol } from './deflate-codes.ts';
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

/**
 * Reads the blocks of a compressed message, its tail put back, by RFC 1951 alone: zlib would not tell how far they look
 * back. Throws a WireViolation.
 */
export function readBlocks(message: Uint8Array): Reach {
  const bits = new Bits(message);
  const reach = { bytes: 0, distance: 0, before: 0 };
  while (!bits.isOver) {
    if (bits.take(1) === 1) throw new WireViolation('a compressed message has a block that says it is the last');
    const type = bits.take(2);
    if (type === 0) skipStored(bits, reach);
    else readCodes(bits, type === 1 ? fixedCodes : takeCodes(bits), reach);
  }
  return reach;
}

function skipStored(bits: Bits, reach: { bytes: number }): void {
  bits.skipToByte();
  const length = bits.take(16);
  bits.skip(16 + length * 8);
  reach.bytes += length;
}

function readCodes(bits: Bits, codes: Codes, reach: { bytes: number; distance: number; before: number }): void {
  const { literals } = codes;
  for (let symbol = takeSymbol(bits, literals); symbol !== 256; symbol = takeSymbol(bits, literals)) {
    if (symbol < 256) {
      reach.bytes += 1;
      continue;
    }
    const length = takeLength(bits, symbol);
    const distance = takeDistance(bits, codes);
    reach.distance = Math.max(reach.distance, distance);
    reach.before = Math.max(reach.before, distance - reach.bytes);
    reach.bytes += length;
  }
}
