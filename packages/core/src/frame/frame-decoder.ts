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
    const { fin, rsv1, opcode, maskingKey, payloadBytes } = this.#header;

    const masked = this.#queue.take(payloadBytes);
    if (!masked) return undefined;
    this.#header = undefined;
    if (!maskingKey) return { fin, rsv1, rsv2: false, rsv3: false, opcode, payload: masked };

    // The chunk is the caller's: unmasking in place would write into it.
    const payload = masked.slice();
    applyMask(payload, maskingKey);
    return { fin, rsv1, rsv2: false, rsv3: false, opcode, maskingKey, payload };
  }

  /** Byte by byte, as a view of a few bytes costs as much as a short frame. */
  #readHeader(): Header | undefined {
    const queue = this.#queue;
    const first = queue.byteAt(0);
    if (first < 0) return undefined;
    const opcode = this.#checkFirstByte(first);
    const second = queue.byteAt(1);
    if (second < 0) return undefined;
    const isMasked = this.#checkMaskBit(second);
    const lengthBits = second & 0x7f;

    // RFC 6455 5.5: all control frames have a payload of 125 bytes or less.
    if (isControl(opcode) && lengthBits > maxControlPayloadBytes) {
      throw fault('control-too-long', `control frame over ${maxControlPayloadBytes} bytes`);
    }
    const lengthEnd = lengthBits < 126 ? 2 : lengthBits === 126 ? 4 : 10;
    if (queue.length < lengthEnd) {
      // What has arrived of a length may be enough to refuse it.
      if (lengthEnd === 10) checkTopBit(queue.byteAt(2));
      return undefined;
    }
    const payloadBytes = lengthEnd === 2 ? lengthBits : this.#readLength(lengthEnd);
    // A limit of the app's must not cut off pings, or the peer's reason to close.
    if (payloadBytes > this.#maxFrameBytes && !isControl(opcode)) throw this.#frameTooLarge(payloadBytes);

    const end = lengthEnd + (isMasked ? 4 : 0);
    if (queue.length < end) return undefined;
    const maskingKey = isMasked ? this.#readKey(lengthEnd) : undefined;
    queue.skip(end);
    return { fin: first >= 0x80, rsv1: (first & 0x40) > 0, opcode, payloadBytes, maskingKey };
  }

  #checkFirstByte(byte: number): Opcode {
    const opcode = byte & 0x0f;
    // RFC 7692 6: the bit stands on the first frame of a message, on none that goes on with it, and on no control frame.
    const mayHaveRsv1 = this.#allowRsv1 && (opcode === Opcode.Text || opcode === Opcode.Binary);
    // RFC 6455 5.2: reserved bits must be 0 unless an extension gave them a meaning.
    if (byte & (mayHaveRsv1 ? 0x30 : 0x70)) {
      const bits = ((byte >> 4) & 7).toString(2).padStart(3, '0');
      throw fault('reserved-bits', `reserved bits ${bits} set, opcode 0x${opcode.toString(16)}`);
    }
    // RFC 6455 5.2: an unknown opcode fails the connection.
    if (!isOpcode(opcode)) throw fault('unknown-opcode', `reserved opcode 0x${opcode.toString(16)}`);
    // RFC 6455 5.5: control frames must not be fragmented.
    if (byte < 0x80 && isControl(opcode))
      throw fault('control-fragmented', `control frame 0x${opcode.toString(16)} in fragments`);
    return opcode;
  }

  #checkMaskBit(byte: number): boolean {
    const isMasked = byte >= 0x80;
    // RFC 6455 5.1: a server closes on a frame that is not masked, a client on one that is.
    if (this.#expectMask && !isMasked) throw fault('mask-missing', 'frame from a client is not masked');
    if (!this.#expectMask && isMasked) throw fault('mask-unexpected', 'frame from a server is masked');
    return isMasked;
  }

  /** The value of an extended length of 2 or 8 bytes, in network byte order; exact up to 2^53, and larger beyond. */
  #readLength(end: number): number {
    if (end === 10) checkTopBit(this.#queue.byteAt(2));
    let length = 0;
    for (let at = 2; at < end; at++) length = length * 256 + this.#queue.byteAt(at);
    // RFC 6455 5.2: the minimal number of bytes must be used.
    if (length <= (end === 4 ? 125 : 0xffff)) {
      throw fault('length-not-minimal', `length ${length} in ${end - 2} bytes`);
    }
    return length;
  }

  #readKey(at: number): Uint8Array {
    const queue = this.#queue;
    return Uint8Array.of(queue.byteAt(at), queue.byteAt(at + 1), queue.byteAt(at + 2), queue.byteAt(at + 3));
  }

  #frameTooLarge(payloadBytes: number): HoldfastError {
    return new HoldfastError('frame-too-large', `frame of ${payloadBytes} bytes: the limit is ${this.#maxFrameBytes}`, {
      closeCode: 1009,
    });
  }
}

function checkTopBit(byte: number): void {
  // RFC 6455 5.2: the most significant bit of a 64-bit length must be 0.
  if (byte >= 0x80) throw fault('length-top-bit', 'the top bit of a 64-bit length is set');
}

function fault(code: HoldfastErrorCode, message: string): HoldfastError {
  return new HoldfastError(code, message, { closeCode: 1002 });
}
