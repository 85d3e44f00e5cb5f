import { ByteQueue } from '../bytes/byte-queue.ts';
import { HoldfastError, type HoldfastErrorCode } from '../errors.ts';
import { type Frame, isControl, isOpcode, maxControlPayloadBytes, Opcode, type Role } from './frame.ts';
import { applyMask } from './mask.ts';

/** What a FrameReader is told. */
export interface FrameReaderOptions {
  /** Our role: a client refuses masked frames, a server unmasked ones (RFC 6455 5.1). */
  readonly role: Role;
  /** The longest payload of one data frame, in bytes; control frames have a limit of their own. Default 16 MiB. */
  readonly maxFrameBytes?: number;
  /** Whether an extension gave RSV1 on the first frame of a message a meaning (RFC 7692 6). Default: it is refused. */
  readonly allowRsv1?: boolean;
  /** Whether payloads are unmasked in the chunks that they came in, which are nobody else's. Default: in a copy. */
  readonly ownsChunks?: boolean;
}

/** A frame whose payload is still on its way. */
export interface PartialFrame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly opcode: Opcode;
  /** How long the payload will be, in bytes. */
  readonly payloadBytes: number;
}

/** The longest payload that is taken when no option says otherwise: 16 MiB. */
export const defaultMaxFrameBytes: number = 16 * 1024 * 1024;

/** A borrowed chunk that is shorter is copied payload by payload. */
const leastCopiedAtOnce = 4096;

/** Unmasks in place; `offset` is the place of the first byte in its payload. */
type Mask = (bytes: Uint8Array, key: Uint8Array, offset: number) => void;

/**
 * Bytes to frames (RFC 6455 5.2), one at a time and without an object for each: after `advance()` the fields tell the frame,
 * until its payload is taken, as bytes or as text. A rule that a frame breaks is told as soon as the bytes that show it
 * are there. After a fault `advance()` throws that same fault.
 */
export class FrameReader implements PartialFrame {
  fin = false;
  rsv1 = false;
  opcode: Opcode = Opcode.Continuation;
  payloadBytes = 0;
  /** The key of the frame, of which the bytes are another's after the next `advance()`. */
  maskingKey: Uint8Array | undefined;
  readonly #queue: ByteQueue;
  readonly #expectMask: boolean;
  readonly #maxFrameBytes: number;
  readonly #allowRsv1: boolean;
  readonly #ownsChunks: boolean;
  readonly #mask: Mask;
  #hasHeader = false;
  /** The chunk that will change. */
  #borrowed: Uint8Array | undefined;
  #fault: HoldfastError | undefined;

  constructor(
    { role, maxFrameBytes = defaultMaxFrameBytes, allowRsv1 = false, ownsChunks = false }: FrameReaderOptions,
    mask: Mask = applyMask,
    allocate?: (bytes: number) => Uint8Array,
    takesRsv1: boolean = allowRsv1,
  ) {
    this.#queue = new ByteQueue(allocate);
    this.#expectMask = role === 'server';
    this.#maxFrameBytes = maxFrameBytes;
    this.#allowRsv1 = takesRsv1;
    this.#ownsChunks = ownsChunks;
    this.#mask = mask;
  }

  /**
   * Takes a chunk, of which payloads may be views. One that is borrowed will change after `settle()`: payloads are copied out
   * of it, all at once where much of it would be.
   */
  feed(chunk: Uint8Array, isBorrowed = false): void {
    const isCopied = isBorrowed && this.#wouldCopy(chunk);
    this.#borrowed = isBorrowed && !isCopied ? chunk : undefined;
    this.#queue.push(isCopied ? new Uint8Array(chunk) : chunk);
  }

  /** Keeps what waits of a borrowed chunk. */
  settle(): void {
    if (this.#borrowed) this.#queue.own(this.#borrowed);
    this.#borrowed = undefined;
  }

  /** Goes on to the next frame, once the last one's payload was taken; answers whether it is there as a whole. */
  advance(): boolean {
    if (this.#fault) throw this.#fault;
    try {
      this.#hasHeader ||= this.#readHeader();
    } catch (error) {
      this.#fault = error as HoldfastError;
      throw error;
    }
    if (!this.#hasHeader) return false;
    if (this.payloadBytes <= this.#queue.length) return true;
    this.#queue.gather(this.payloadBytes);
    return false;
  }

  /** The frame of which only the header is there. */
  get partial(): PartialFrame | undefined {
    return this.#hasHeader ? this : undefined;
  }

  /** Takes the payload of a frame that is there, unmasked. */
  takePayload(): Uint8Array {
    this.#hasHeader = false;
    const payload = this.#queue.take(this.payloadBytes) as Uint8Array;
    if (this.maskingKey) return this.#unmask(payload, this.maskingKey);
    return this.#borrowed ? payload.slice() : payload;
  }

  /** Takes the payload as `read` makes it out where it stands: it gets the bytes, and where the payload begins and ends. */
  readPayload<T>(read: (bytes: Uint8Array, start: number, end: number) => T): T {
    if (this.maskingKey) {
      const payload = this.takePayload();
      return read(payload, 0, payload.length);
    }
    this.#hasHeader = false;
    return this.#queue.read(this.payloadBytes, read) as T;
  }

  /** Takes the frame as an object of its own. */
  takeFrame(): Frame {
    const { fin, rsv1, opcode, maskingKey } = this;
    const frame = { fin, rsv1, rsv2: false, rsv3: false, opcode, payload: this.takePayload() };
    return maskingKey ? { ...frame, maskingKey: maskingKey.slice() } : frame;
  }

  /** A copy, unmasked, of what has arrived of the partial frame's payload, from its byte `from` on. */
  peekPayload(from: number): Uint8Array {
    const bytes = this.#queue.copy(from, Math.min(this.#queue.length, this.payloadBytes));
    if (this.maskingKey) this.#mask(bytes, this.maskingKey, from);
    return bytes;
  }

  /** Where one frame has bytes, others do too. Of text nothing is kept: it is read. */
  #wouldCopy(chunk: Uint8Array): boolean {
    if (chunk.length < leastCopiedAtOnce || this.#hasHeader || this.#queue.length > 0) return false;
    return ((chunk[0] as number) & 0x0f) !== Opcode.Text;
  }

  #unmask(masked: Uint8Array, key: Uint8Array): Uint8Array {
    const payload = this.#ownsChunks && !this.#borrowed ? masked : masked.slice();
    this.#mask(payload, key, 0);
    return payload;
  }

  /** Byte by byte, as a view of a few bytes costs as much as a short frame. */
  #readHeader(): boolean {
    const queue = this.#queue;
    const first = queue.byteAt(0);
    if (first < 0) return false;
    const opcode = this.#checkFirstByte(first);
    const second = queue.byteAt(1);
    if (second < 0) return false;
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
      return false;
    }
    const payloadBytes = lengthEnd === 2 ? lengthBits : this.#readLength(lengthEnd);
    // A limit of the app's must not cut off pings, or the peer's reason to close.
    if (payloadBytes > this.#maxFrameBytes && !isControl(opcode)) throw this.#frameTooLarge(payloadBytes);

    const end = lengthEnd + (isMasked ? 4 : 0);
    if (queue.length < end) return false;
    if (isMasked) this.#readKey(lengthEnd);
    queue.skip(end);
    this.fin = first >= 0x80;
    this.rsv1 = (first & 0x40) > 0;
    this.opcode = opcode;
    this.payloadBytes = payloadBytes;
    return true;
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

  #readKey(at: number): void {
    this.maskingKey ??= new Uint8Array(4);
    for (let index = 0; index < 4; index++) this.maskingKey[index] = this.#queue.byteAt(at + index);
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
