import { type ByteKernels, portableKernels } from '../frame/byte-kernels.ts';
import { ByteQueue } from '../bytes/byte-queue.ts';
import { refuseUtf8, Utf8Validator } from '../bytes/utf8.ts';
import { HoldfastError, type HoldfastErrorCode } from '../errors.ts';
import { type Frame, Opcode } from '../frame/frame.ts';
import { defaultMaxFrameBytes, type PartialFrame } from '../frame/frame-reader.ts';
import type { Message } from '../message.ts';
import type { MessageCodec } from './message-codec.ts';

/** What a MessageAssembler is told. */
export interface MessageAssemblerOptions {
  /** The longest message, in bytes, all fragments together. Default 16 MiB. */
  readonly maxMessageBytes?: number;
  /** The most fragments of one message. Default 131,072. */
  readonly maxFragments?: number;
  /**
   * What tiny and empty fragments of one message may add up to, in bytes: each fragment counts for what it is short of
   * 64 bytes. Default 1 MiB.
   */
  readonly maxFragmentOverheadBytes?: number;
  /** What messages with RSV1 are decoded by. Default: none, and they are refused. */
  readonly codec?: MessageCodec | undefined;
}

/** Below this a fragment costs more to carry and to count than it brings, in bytes. */
const tinyFragmentBytes = 64;

/** Data frames to messages (RFC 6455 5.4, 5.6): fragments in order, text in strict UTF-8, a limit on the whole. */
export class MessageAssembler {
  readonly #maxMessageBytes: number;
  readonly #maxFragments: number;
  readonly #maxFragmentOverheadBytes: number;
  readonly #codec: MessageCodec | undefined;
  readonly #kernels: ByteKernels;
  /** Absent until some text comes in parts, as the fragments are between messages: most connections never need them. */
  #validator: Utf8Validator | undefined;
  /** The fragments so far, joined: it costs their bytes, not their number. */
  #fragments: ByteQueue | undefined;
  /** What the message under way is; `undefined` between messages. */
  #opcode: Opcode | undefined;
  /** Whether the message under way is encoded, and how much of it came so far, in bytes. */
  #isEncoded = false;
  #encodedBytes = 0;
  /** How many there were, and what the tiny ones among them were short of. */
  #fragmentCount = 0;
  #overheadBytes = 0;
  /** How many bytes of the current frame's text were checked before the frame was whole. */
  #checkedBytes = 0;

  constructor(
    {
      maxMessageBytes = defaultMaxFrameBytes,
      maxFragments = 2 ** 17,
      maxFragmentOverheadBytes = 2 ** 20,
      codec,
    }: MessageAssemblerOptions = {},
    kernels: ByteKernels = portableKernels,
  ) {
    this.#kernels = kernels;
    this.#maxMessageBytes = maxMessageBytes;
    this.#maxFragments = maxFragments;
    this.#maxFragmentOverheadBytes = maxFragmentOverheadBytes;
    this.#codec = codec;
  }

  /** Whether this data frame is a message that nothing more can be asked of than that its text is UTF-8. */
  isWholeMessage({ fin, rsv1, opcode, payloadBytes }: PartialFrame): boolean {
    return (
      fin &&
      !rsv1 &&
      this.#opcode === undefined &&
      opcode !== Opcode.Continuation &&
      this.#checkedBytes === 0 &&
      payloadBytes <= this.#maxMessageBytes
    );
  }

  /** Takes a data frame; answers the message that it ends. Throws a HoldfastError with a `closeCode`. */
  push(frame: Frame): Message | undefined {
    const { fin, rsv1, opcode } = frame;
    const payloadBytes = frame.payload.length;
    const type = this.#checkHeader({ fin, rsv1, opcode, payloadBytes });
    const isFirst = this.#opcode === undefined;
    const isWhole = fin && isFirst;
    if (isFirst) this.#isEncoded = rsv1;
    const payload = this.#isEncoded ? this.#decode(frame.payload, fin) : frame.payload;

    // The platform checks and decodes a text in one pass, where none of it had to be looked at before.
    if (isWhole && this.#checkedBytes === 0) return this.#toMessage(type, payload);

    if (type === Opcode.Text) {
      const validator = this.#textValidator();
      validator.push(payload.subarray(this.#checkedBytes));
      this.#checkedBytes = 0;
      if (fin) validator.end();
    }
    const fragments = this.#addFragment(payload, payloadBytes);
    this.#opcode = fin ? undefined : type;
    if (!fin) return undefined;
    this.#fragmentCount = 0;
    this.#overheadBytes = 0;

    this.#fragments = undefined;
    return this.#toMessage(type, fragments.take(fragments.length) as Uint8Array);
  }

  #toMessage(type: Opcode, bytes: Uint8Array): Message {
    if (type !== Opcode.Text) return bytes;
    return this.#kernels.readUtf8(bytes, 0, bytes.length) ?? refuseUtf8(bytes);
  }

  /**
   * Checks what is there of a data frame that is still arriving, so that a wrong order, a length over the limit or a
   * byte that is no text is refused now, not at its end. `peekPayload(from)` answers what has arrived of its payload.
   */
  check(partial: PartialFrame, peekPayload: (from: number) => Uint8Array): void {
    const type = this.#checkHeader(partial);
    // What is encoded shows its text when it is decoded.
    if (type !== Opcode.Text || (this.#opcode === undefined ? partial.rsv1 : this.#isEncoded)) return;
    const bytes = peekPayload(this.#checkedBytes);
    this.#textValidator().push(bytes);
    this.#checkedBytes += bytes.length;
  }

  /** Answers the type of the message that this frame belongs to. */
  #checkHeader({ fin, rsv1, opcode, payloadBytes }: PartialFrame): Opcode {
    // RFC 6455 5.4: fragments of one message are not mixed with those of another.
    if (opcode === Opcode.Continuation && this.#opcode === undefined) {
      throw fault('continuation-unexpected', 'continuation frame without a message to continue', 1002);
    }
    if (opcode !== Opcode.Continuation && this.#opcode !== undefined) {
      throw fault('continuation-expected', 'new message before the last one ended', 1002);
    }
    const isFirst = this.#opcode === undefined;
    if (isFirst ? rsv1 : this.#isEncoded) this.#checkEncodedLength(this.#encodedBytes + payloadBytes);
    else if (this.#bytes + payloadBytes > this.#maxMessageBytes) {
      throw this.#tooLarge(`of at least ${this.#bytes + payloadBytes} bytes`);
    }
    if (!(fin && isFirst)) this.#checkFragmentation(payloadBytes);
    return this.#opcode ?? opcode;
  }

  /** What decodes to nothing adds nothing to the message's bytes, which are limited, but costs work. */
  #checkEncodedLength(bytes: number): void {
    // RFC 6455 5.2: without an extension that gave it a meaning, the bit is a fault.
    if (!this.#codec) throw fault('reserved-bits', 'reserved bit 1 set', 1002);
    if (bytes > this.#codec.maxEncodedBytes(this.#maxMessageBytes)) throw this.#tooLarge(`of ${bytes} encoded bytes`);
  }

  #decode(payload: Uint8Array, fin: boolean): Uint8Array {
    this.#encodedBytes = fin ? 0 : this.#encodedBytes + payload.length;
    const decoded = this.#codec?.decode(payload, fin, this.#maxMessageBytes - this.#bytes);
    if (!decoded) throw this.#tooLarge('that is longer once it is decoded');
    return decoded;
  }

  #tooLarge(what: string): HoldfastError {
    return fault('message-too-large', `message ${what}: the limit is ${this.#maxMessageBytes}`, 1009);
  }

  /** Fragments that bring next to nothing add nothing to the message's bytes, which are limited, but cost work. */
  #checkFragmentation(payloadBytes: number): void {
    if (this.#fragmentCount >= this.#maxFragments) {
      throw fault('too-many-fragments', `message in over ${this.#maxFragments} fragments`, 1008);
    }
    if (this.#overheadBytes + overheadBytes(payloadBytes) > this.#maxFragmentOverheadBytes) {
      const limit = this.#maxFragmentOverheadBytes;
      throw fault('fragment-overhead', `tiny fragments that fall short by over ${limit} bytes in one message`, 1008);
    }
  }

  #addFragment(payload: Uint8Array, sentBytes: number): ByteQueue {
    this.#fragmentCount++;
    this.#overheadBytes += overheadBytes(sentBytes);
    this.#fragments ??= new ByteQueue(this.#kernels.allocate);
    this.#fragments.push(payload);
    return this.#fragments;
  }

  /** What came so far of the message under way. */
  get #bytes(): number {
    return this.#fragments?.length ?? 0;
  }

  #textValidator(): Utf8Validator {
    return (this.#validator ??= new Utf8Validator(this.#kernels.isUtf8));
  }
}

function overheadBytes(payloadBytes: number): number {
  return Math.max(0, tinyFragmentBytes - payloadBytes);
}

function fault(code: HoldfastErrorCode, message: string, closeCode: number): HoldfastError {
  return new HoldfastError(code, message, { closeCode });
}
