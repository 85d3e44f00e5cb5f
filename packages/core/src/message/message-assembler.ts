import { ByteQueue } from '../bytes/byte-queue.ts';
import { Utf8Decoder, Utf8Validator } from '../bytes/utf8.ts';
import { HoldfastError, type HoldfastErrorCode } from '../errors.ts';
import { type Frame, Opcode } from '../frame/frame.ts';
import { defaultMaxFrameBytes, type PartialFrame } from '../frame/frame-decoder.ts';
import type { Message } from '../message.ts';

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
}

/** Below this a fragment costs more to carry and to count than it brings, in bytes. */
const tinyFragmentBytes = 64;

/** Data frames to messages (RFC 6455 5.4, 5.6): fragments in order, text in strict UTF-8, a limit on the whole. */
export class MessageAssembler {
  readonly #maxMessageBytes: number;
  readonly #maxFragments: number;
  readonly #maxFragmentOverheadBytes: number;
  readonly #decoder = new Utf8Decoder();
  readonly #validator = new Utf8Validator();
  /** The fragments so far, joined: it costs their bytes, not their number. */
  readonly #fragments = new ByteQueue();
  /** What the message under way is; `undefined` between messages. */
  #opcode: Opcode | undefined;
  /** How many there were, and what the tiny ones among them were short of. */
  #fragmentCount = 0;
  #overheadBytes = 0;
  /** How many bytes of the current frame's text were checked before the frame was whole. */
  #checkedBytes = 0;

  constructor({
    maxMessageBytes = defaultMaxFrameBytes,
    maxFragments = 2 ** 17,
    maxFragmentOverheadBytes = 2 ** 20,
  }: MessageAssemblerOptions = {}) {
    this.#maxMessageBytes = maxMessageBytes;
    this.#maxFragments = maxFragments;
    this.#maxFragmentOverheadBytes = maxFragmentOverheadBytes;
  }

  /** Takes a data frame; answers the message that it ends. Throws a HoldfastError with a `closeCode`. */
  push(frame: Frame): Message | undefined {
    const { fin, opcode, payload } = frame;
    const type = this.#checkHeader({ fin, opcode, payloadBytes: payload.length });
    const isWhole = fin && this.#opcode === undefined;

    // The platform checks and decodes a text in one pass, where none of it had to be looked at before.
    if (isWhole && this.#checkedBytes === 0) return type === Opcode.Text ? this.#decoder.decode(payload) : payload;

    if (type === Opcode.Text) {
      this.#validator.push(payload.subarray(this.#checkedBytes));
      this.#checkedBytes = 0;
      if (fin) this.#validator.end();
    }
    this.#addFragment(payload);
    this.#opcode = fin ? undefined : type;
    if (!fin) return undefined;
    this.#fragmentCount = 0;
    this.#overheadBytes = 0;

    const bytes = this.#fragments.take(this.#fragments.length) as Uint8Array;
    return type === Opcode.Text ? this.#decoder.decode(bytes) : bytes;
  }

  /**
   * Checks what is there of a data frame that is still arriving, so that a wrong order, a length over the limit or a
   * byte that is no text is refused now, not at its end. `peekPayload(from)` answers what has arrived of its payload.
   */
  check(partial: PartialFrame, peekPayload: (from: number) => Uint8Array): void {
    const type = this.#checkHeader(partial);
    if (type !== Opcode.Text) return;
    const bytes = peekPayload(this.#checkedBytes);
    this.#validator.push(bytes);
    this.#checkedBytes += bytes.length;
  }

  /** Answers the type of the message that this frame belongs to. */
  #checkHeader({ fin, opcode, payloadBytes }: PartialFrame): Opcode {
    // RFC 6455 5.4: fragments of one message are not mixed with those of another.
    if (opcode === Opcode.Continuation && this.#opcode === undefined) {
      throw fault('continuation-unexpected', 'continuation frame without a message to continue', 1002);
    }
    if (opcode !== Opcode.Continuation && this.#opcode !== undefined) {
      throw fault('continuation-expected', 'new message before the last one ended', 1002);
    }
    const messageBytes = this.#fragments.length + payloadBytes;
    if (messageBytes > this.#maxMessageBytes) {
      const limit = this.#maxMessageBytes;
      throw fault('message-too-large', `message of at least ${messageBytes} bytes: the limit is ${limit}`, 1009);
    }
    const isWhole = fin && this.#opcode === undefined;
    if (!isWhole) this.#checkFragmentation(payloadBytes);
    return this.#opcode ?? opcode;
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

  #addFragment(payload: Uint8Array): void {
    this.#fragmentCount++;
    this.#overheadBytes += overheadBytes(payload.length);
    this.#fragments.push(payload);
  }
}

function overheadBytes(payloadBytes: number): number {
  return Math.max(0, tinyFragmentBytes - payloadBytes);
}

function fault(code: HoldfastErrorCode, message: string, closeCode: number): HoldfastError {
  return new HoldfastError(code, message, { closeCode });
}
