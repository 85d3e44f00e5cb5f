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
}

/** Data frames to messages (RFC 6455 5.4, 5.6): fragments in order, text in strict UTF-8, a limit on the whole. */
export class MessageAssembler {
  readonly #maxMessageBytes: number;
  readonly #decoder = new Utf8Decoder();
  readonly #validator = new Utf8Validator();
  /** The fragments so far, joined: it costs their bytes, not their number. */
  readonly #fragments = new ByteQueue();
  /** What the message under way is; `undefined` between messages. */
  #opcode: Opcode | undefined;
  /** How many bytes of the current frame's text were checked before the frame was whole. */
  #checkedBytes = 0;

  constructor({ maxMessageBytes = defaultMaxFrameBytes }: MessageAssemblerOptions = {}) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Takes a data frame; answers the message that it ends. Throws a HoldfastError with a `closeCode`. */
  push(frame: Frame): Message | undefined {
    const { fin, opcode, payload } = frame;
    const type = this.#checkHeader(opcode, payload.length);
    const isWhole = fin && this.#opcode === undefined;

    // The platform checks and decodes a text in one pass, where none of it had to be looked at before.
    if (isWhole && this.#checkedBytes === 0) return type === Opcode.Text ? this.#decoder.decode(payload) : payload;

    if (type === Opcode.Text) {
      this.#validator.push(payload.subarray(this.#checkedBytes));
      this.#checkedBytes = 0;
      if (fin) this.#validator.end();
    }
    this.#fragments.push(payload);
    this.#opcode = fin ? undefined : type;
    if (!fin) return undefined;

    const bytes = this.#fragments.take(this.#fragments.length) as Uint8Array;
    return type === Opcode.Text ? this.#decoder.decode(bytes) : bytes;
  }

  /**
   * Checks what is there of a data frame that is still arriving, so that a wrong order, a length over the limit or a
   * byte that is no text is refused now, not at its end. `peekPayload(from)` answers what has arrived of its payload.
   */
  check(partial: PartialFrame, peekPayload: (from: number) => Uint8Array): void {
    const type = this.#checkHeader(partial.opcode, partial.payloadBytes);
    if (type !== Opcode.Text) return;
    const bytes = peekPayload(this.#checkedBytes);
    this.#validator.push(bytes);
    this.#checkedBytes += bytes.length;
  }

  /** Answers the type of the message that this frame belongs to. */
  #checkHeader(opcode: Opcode, payloadBytes: number): Opcode {
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
    return this.#opcode ?? opcode;
  }
}

function fault(code: HoldfastErrorCode, message: string, closeCode: number): HoldfastError {
  return new HoldfastError(code, message, { closeCode });
}
