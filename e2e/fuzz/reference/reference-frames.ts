import type { HoldfastErrorCode } from '@holdfast/core';

/** A frame as this reference reads it. */
export interface ReferenceFrame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly key: Uint8Array | undefined;
  /** How long the payload is said to be. */
  readonly announced: number;
  /** The payload in the clear, as far as it is there. */
  readonly payload: Uint8Array;
  /** After how many bytes of the stream the header is whole. */
  readonly headerEnd: number;
  /** Whether all of the payload is there. */
  readonly isWhole: boolean;
}

/** A rule that the stream breaks: any of these, all with one close code, shown by its byte number `at` (from 1). */
export interface ReferenceFault {
  readonly codes: readonly HoldfastErrorCode[];
  readonly closeCode: number;
  readonly at: number;
}

/** What a stream amounts to: its frames, of which the last may be in part, and the fault that ends it. */
export interface ReferenceFrames {
  readonly frames: readonly ReferenceFrame[];
  readonly fault: ReferenceFault | undefined;
  /** Whether the stream stops within a frame's header. */
  readonly isCutInHeader: boolean;
}

const definedOpcodes = [0x0, 0x1, 0x2, 0x8, 0x9, 0xa];

class Fault extends Error {
  readonly codes: readonly HoldfastErrorCode[];
  readonly closeCode: number;

  constructor(codes: readonly HoldfastErrorCode[], closeCode: number) {
    super(codes.join());
    this.codes = codes;
    this.closeCode = closeCode;
  }
}

class OutOfBytes extends Error {}

/** Reads a whole stream by RFC 6455 5.2, from left to right and as plainly as the RFC tells it. */
export function readReferenceFrames(stream: Uint8Array, isServer: boolean, maxFrameBytes: number): ReferenceFrames {
  const frames: ReferenceFrame[] = [];
  let at = 0;
  const next = () => {
    if (at >= stream.length) throw new OutOfBytes();
    return stream[at++] as number;
  };
  try {
    while (at < stream.length) {
      const header = readHeader(next, isServer, maxFrameBytes);
      const masked = stream.subarray(at, at + header.announced);
      const payload = masked.map((byte, index) => (header.key ? byte ^ (header.key[index % 4] as number) : byte));
      frames.push({ ...header, payload, headerEnd: at, isWhole: payload.length === header.announced });
      at += payload.length;
    }
    return { frames, fault: undefined, isCutInHeader: false };
  } catch (error) {
    if (error instanceof OutOfBytes) return { frames, fault: undefined, isCutInHeader: true };
    if (!(error instanceof Fault)) throw error;
    return { frames, fault: { codes: error.codes, closeCode: error.closeCode, at }, isCutInHeader: false };
  }
}

function readHeader(
  next: () => number,
  isServer: boolean,
  maxFrameBytes: number,
): Pick<ReferenceFrame, 'fin' | 'opcode' | 'key' | 'announced'> {
  const first = next();
  const fin = (first & 0x80) !== 0;
  const opcode = first & 0x0f;
  const isControl = opcode >= 0x8;
  breakIf(1002, {
    // 5.2: MUST be 0 unless an extension is negotiated that defines meanings for non-zero values.
    'reserved-bits': (first & 0x70) !== 0,
    // 5.2: if an unknown opcode is received, the receiving endpoint MUST fail the connection.
    'unknown-opcode': !definedOpcodes.includes(opcode),
    // 5.5: control frames MUST NOT be fragmented.
    'control-fragmented': isControl && !fin,
  });

  const second = next();
  const isMasked = (second & 0x80) !== 0;
  const short = second & 0x7f;
  breakIf(1002, {
    // 5.1: the server MUST close upon a frame that is not masked, a client upon one that is.
    'mask-missing': isServer && !isMasked,
    'mask-unexpected': !isServer && isMasked,
    // 5.5: all control frames MUST have a payload length of 125 bytes or less.
    'control-too-long': isControl && short > 125,
  });

  const announced = short === 126 ? readLength(next, 2) : short === 127 ? readLength(next, 8) : BigInt(short);
  // 5.2: the minimal number of bytes MUST be used to encode the length.
  breakIf(1002, { 'length-not-minimal': announced < (short === 126 ? 126n : short === 127 ? 65536n : 0n) });
  breakIf(1009, { 'frame-too-large': !isControl && announced > maxFrameBytes });

  const key = isMasked ? Uint8Array.of(next(), next(), next(), next()) : undefined;
  return { fin, opcode, key, announced: Number(announced) };
}

function readLength(next: () => number, count: number): bigint {
  let length = 0n;
  for (let i = 0; i < count; i++) {
    const byte = next();
    // 5.2: the most significant bit of the 64-bit length MUST be 0.
    breakIf(1002, { 'length-top-bit': count === 8 && i === 0 && byte >= 0x80 });
    length = length * 256n + BigInt(byte);
  }
  return length;
}

function breakIf(closeCode: number, rules: Partial<Record<HoldfastErrorCode, boolean>>): void {
  const broken = Object.entries(rules).filter(([, isBroken]) => isBroken);
  if (broken.length > 0)
    throw new Fault(
      broken.map(([code]) => code as HoldfastErrorCode),
      closeCode,
    );
}
