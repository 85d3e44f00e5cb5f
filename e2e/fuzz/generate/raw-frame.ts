import { concat } from '../engine/hex.ts';

/**
 * A frame as it is written, right or wrong: every field by itself, so that a mutation can lie with any of them. Written
 * from RFC 6455 5.2, and not by holdfast's encoder.
 */
export interface RawFrame {
  fin: boolean;
  /** The three reserved bits, 0 to 7. */
  rsv: number;
  /** 0 to 15. */
  opcode: number;
  /** Absent on a frame that is not masked. */
  key: Uint8Array | undefined;
  /** The payload in the clear. */
  payload: Uint8Array;
  /** How many bytes the length takes beyond its 7 bits. Absent: the fewest. */
  lengthBytes: 0 | 2 | 8 | undefined;
  /** What the length says, where it is not the truth. */
  announced: bigint | undefined;
}

/** A whole, unmasked frame that tells the truth. */
export function rawFrame(opcode: number, payload: Uint8Array, more: Partial<RawFrame> = {}): RawFrame {
  return {
    fin: true,
    rsv: 0,
    opcode,
    key: undefined,
    payload,
    lengthBytes: undefined,
    announced: undefined,
    ...more,
  };
}

/** The bytes of these frames. */
export function writeRawFrames(frames: readonly RawFrame[]): Uint8Array {
  return concat(frames.flatMap(writeRawFrame));
}

function writeRawFrame({ fin, rsv, opcode, key, payload, lengthBytes, announced }: RawFrame): Uint8Array[] {
  const length = announced ?? BigInt(payload.length);
  const bytes = lengthBytes ?? (length < 126n ? 0 : length < 65536n ? 2 : 8);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const lengthBits = bytes === 0 ? Number(length & 0x7fn) : bytes === 2 ? 126 : 127;
  return [
    Uint8Array.of(first, (key ? 0x80 : 0) | lengthBits),
    bigEndian(length, bytes),
    key ?? new Uint8Array(0),
    payload.map((byte, index) => (key ? byte ^ (key[index % 4] as number) : byte)),
  ];
}

function bigEndian(value: bigint, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => Number((value >> BigInt(8 * (count - 1 - index))) & 0xffn));
}
