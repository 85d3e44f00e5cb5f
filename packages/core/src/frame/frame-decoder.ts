import { ByteQueue } from '../bytes/byte-queue.ts';
import { HoldfastError, type HoldfastErrorCode } from '../errors.ts';
import { type Frame, isControl, isOpcode, maxControlPayloadBytes, Opcode, type Role } from './frame.ts';
import { applyMask } from './mask.ts';

/** What a FrameDecoder is told. */
export interface FrameDecoderOptions {
  /** Our role: a client refuses masked frames, a server unmasked ones (RFC 6455 5.1). */
  readonly role: Role;
  /** The longest payload of one data frame, in bytes; control frames have a limit of their own. Default 16 MiB. */
  readonly maxFrameBytes?: number;
  /** Whether an extension gave RSV1 on the first frame of a message a meaning (RFC 7692 6). Default: it is refused. */
  readonly allowRsv1?: boolean;
}

/** A frame whose payload is still on its way. */
export interface PartialFrame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly opcode: Opcode;
  /** How long the payload will be, in bytes. */
  readonly payloadBytes: number;
}

interface Header extends PartialFrame {
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly maskingKey: Uint8Array | undefined;
}

/** The longest payload that is taken when no option says otherwise: 16 MiB. */
export const defaultMaxFrameBytes: number = 16 * 1024 * 1024;

/**
 * Bytes to frames (RFC 6455 5.2), in chunks of any size. A rule that a frame breaks is told as soon as the bytes that
 * show it are there, before the payload; a length is held against the limit before anything is kept for it. After a
 * fault every call throws that same fault: a stream cannot be read on behind it.
 */
export class FrameDecoder {
  readonly #queue = new ByteQueue();
  readonly #expectMask: boolean;
  readonly #maxFrameBytes: number;
  readonly #allowRsv1: boolean;
  #header: Header | undefined;
  #fault: HoldfastError | undefined;

  constructor({ role, maxFrameBytes = defaultMaxFrameBytes, allowRsv1 = false }: FrameDecoderOptions) {
    this.#expectMask = role === 'server';
    this.#maxFrameBytes = maxFrameBytes;
    this.#allowRsv1 = allowRsv1;
  }

  /**
   * Takes a chunk and answers the frames that it completes. Payloads may be views of the chunk, so it must not change
   * afterwards. Throws a HoldfastError with a `closeCode`; frames that stood whole before the fault are answered first,
   * and the fault is thrown by the next call.
   */
  push(chunk: Uint8Array): Frame[] {
    this.feed(chunk);
    const frames: Frame[] = [];
    try {
      for (let frame = this.next(); frame; frame = this.next()) frames.push(frame);
    } catch (error) {
      if (frames.length === 0) throw error;
    }
    return frames;
  }

  /** Takes a chunk for `next()`, which answers its frames one at a time. */
  feed({ buffer, byteOffset, byteLength }: Uint8Array): void {
    // Not a Buffer of Node: its `slice` is no copy, so that unmasking would write into the chunk, and its views are
    // Buffers too, while messages are Uint8Array everywhere.
    this.#queue.push(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** The next whole frame, or `undefined` until more bytes arrive. Throws as `push` does, in the order of the bytes. */
  next(): Frame | undefined {
    if (this.#fault) throw this.#fault;
    try {
      return this.#readFrame();
    } catch (error) {
      this.#fault = error as HoldfastError;
      throw error;
    }
  }

  /** The frame that `next()` waits for, once its header has arrived. */
  get partial(): PartialFrame | undefined {
    return this.#header;
  }

  /** A copy, unmasked, of what has arrived of the partial frame's payload, from its byte `from` on. */
  peekPayload(from: number): Uint8Array {
    const arrived = Math.min(this.#queue.length, this.#header?.payloadBytes ?? 0);
    const bytes = (this.#queue.peek(arrived) as Uint8Array).slice(from);
    if (this.#header?.maskingKey) applyMask(bytes, this.#header.maskingKey, from);
    return bytes;
  }

  #readFrame(): Frame | undefined {
    this.#header ??= this.#readHeader();
    if (!this.#header) return undefined;
    const { fin, rsv1, rsv2, rsv3, opcode, maskingKey, payloadBytes } = this.#header;

    const masked = this.#queue.take(payloadBytes);
    if (!masked) return undefined;
    this.#header = undefined;
    if (!maskingKey) return { fin, rsv1, rsv2, rsv3, opcode, payload: masked };

    // The chunk is the caller's: unmasking in place would write into it.
    const payload = masked.slice();
    applyMask(payload, maskingKey);
    return { fin, rsv1, rsv2, rsv3, opcode, maskingKey, payload };
  }

  #readHeader(): Header | undefined {
    const first = this.#queue.peek(1)?.[0];
    if (first === undefined) return undefined;
    const header = readFirstByte(first, this.#allowRsv1);
    const second = this.#queue.peek(2)?.[1];
    if (second === undefined) return undefined;
    const masked = this.#readMaskBit(second);
    const lengthBits = second & 0x7f;

    // RFC 6455 5.5: all control frames have a payload of 125 bytes or less.
    if (isControl(header.opcode) && lengthBits > maxControlPayloadBytes) {
      throw fault('control-too-long', `control frame over ${maxControlPayloadBytes} bytes`);
    }
    const lengthEnd = 2 + (lengthBits === 126 ? 2 : lengthBits === 127 ? 8 : 0);
    const withLength = this.#queue.peek(lengthEnd);
    if (!withLength) {
      this.#checkLengthSoFar(lengthEnd);
      return undefined;
    }
    const payloadBytes = lengthEnd === 2 ? lengthBits : readLength(withLength.subarray(2));
    // A limit of the app's must not cut off pings, or the peer's reason to close.
    if (payloadBytes > this.#maxFrameBytes && !isControl(header.opcode)) throw this.#frameTooLarge(payloadBytes);

    const bytes = this.#queue.take(lengthEnd + (masked ? 4 : 0));
    if (!bytes) return undefined;
    return { ...header, payloadBytes, maskingKey: masked ? bytes.slice(lengthEnd) : undefined };
  }

  #readMaskBit(byte: number): boolean {
    const masked = byte >= 0x80;
    // RFC 6455 5.1: a server closes on a frame that is not masked, a client on one that is.
    if (this.#expectMask && !masked) throw fault('mask-missing', 'frame from a client is not masked');
    if (!this.#expectMask && masked) throw fault('mask-unexpected', 'frame from a server is masked');
    return masked;
  }

  /** Refuses a length by the bytes that have arrived of it. */
  #checkLengthSoFar(lengthEnd: number): void {
    const arrived = this.#queue.peek(Math.min(this.#queue.length, lengthEnd)) as Uint8Array;
    if (lengthEnd === 10 && arrived.length > 2) checkTopBit(arrived[2] as number);
  }

  #frameTooLarge(payloadBytes: number): HoldfastError {
    return new HoldfastError('frame-too-large', `frame of ${payloadBytes} bytes: the limit is ${this.#maxFrameBytes}`, {
      closeCode: 1009,
    });
  }
}

function readFirstByte(byte: number, allowRsv1: boolean): Pick<Header, 'fin' | 'rsv1' | 'rsv2' | 'rsv3' | 'opcode'> {
  const opcode = byte & 0x0f;
  // RFC 7692 6: the bit stands on the first frame of a message, on none that goes on with it, and on no control frame.
  const rsv1 = allowRsv1 && (byte & 0x40) > 0 && (opcode === Opcode.Text || opcode === Opcode.Binary);
  // RFC 6455 5.2: reserved bits must be 0 unless an extension gave them a meaning.
  if (byte & (rsv1 ? 0x30 : 0x70)) {
    const bits = ((byte >> 4) & 7).toString(2).padStart(3, '0');
    throw fault('reserved-bits', `reserved bits ${bits} set, opcode 0x${opcode.toString(16)}`);
  }
  // RFC 6455 5.2: an unknown opcode fails the connection.
  if (!isOpcode(opcode)) throw fault('unknown-opcode', `reserved opcode 0x${opcode.toString(16)}`);
  const fin = byte >= 0x80;
  // RFC 6455 5.5: control frames must not be fragmented.
  if (!fin && isControl(opcode))
    throw fault('control-fragmented', `control frame 0x${opcode.toString(16)} in fragments`);
  return { fin, rsv1, rsv2: false, rsv3: false, opcode };
}

/** The value of an extended length of 2 or 8 bytes, in network byte order; exact up to 2^53, and larger beyond. */
function readLength(bytes: Uint8Array): number {
  checkTopBit(bytes.length === 8 ? (bytes[0] as number) : 0);
  let length = 0;
  for (const byte of bytes) length = length * 256 + byte;
  // RFC 6455 5.2: the minimal number of bytes must be used.
  if (length <= (bytes.length === 2 ? 125 : 0xffff)) {
    throw fault('length-not-minimal', `length ${length} in ${bytes.length} bytes`);
  }
  return length;
}

function checkTopBit(byte: number): void {
  // RFC 6455 5.2: the most significant bit of a 64-bit length must be 0.
  if (byte >= 0x80) throw fault('length-top-bit', 'the top bit of a 64-bit length is set');
}

function fault(code: HoldfastErrorCode, message: string): HoldfastError {
  return new HoldfastError(code, message, { closeCode: 1002 });
}
