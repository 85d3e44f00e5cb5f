/** A frame as an attacker writes it: nothing about it need be right. */
export interface RawFrame {
  /** FIN, the reserved bits and the opcode. */
  readonly first: number;
  /** The length that the header tells, if it is not the payload's; it then stands in 8 bytes. */
  readonly announced?: bigint;
  readonly payload?: Uint8Array;
}

/** The first bytes of frames, FIN set where the name does not say otherwise. */
export const first = {
  text: 0x81,
  binary: 0x82,
  textBegin: 0x01,
  binaryBegin: 0x02,
  continuation: 0x00,
  continuationEnd: 0x80,
  close: 0x88,
  ping: 0x89,
  pong: 0x8a,
  rsv1: 0x40,
} as const;

/** The frame's bytes; masked, as a client must, by a key that changes nothing. */
export function rawFrame(frame: RawFrame, masked: boolean): Buffer {
  const { announced, payload = new Uint8Array(0) } = frame;
  const length = announced ?? BigInt(payload.length);
  const mask = masked ? 0x80 : 0;
  return Buffer.concat([
    Uint8Array.of(frame.first),
    lengthField(length, announced !== undefined, mask),
    masked ? new Uint8Array(4) : new Uint8Array(0),
    payload,
  ]);
}

/** Many frames as one buffer. */
export function rawFrames(frames: readonly RawFrame[], masked: boolean): Buffer {
  return Buffer.concat(frames.map((frame) => rawFrame(frame, masked)));
}

/** The same frame so many times. */
export function repeat(count: number, frame: RawFrame): RawFrame[] {
  return Array.from({ length: count }, () => frame);
}

function lengthField(length: bigint, isLong: boolean, mask: number): Buffer {
  if (!isLong && length <= 125n) return Buffer.of(mask | Number(length));
  const isShort = !isLong && length <= 0xffffn;
  const field = Buffer.alloc(isShort ? 3 : 9);
  field[0] = mask | (isShort ? 126 : 127);
  if (isShort) field.writeUInt16BE(Number(length), 1);
  else field.writeBigUInt64BE(length, 1);
  return field;
}
