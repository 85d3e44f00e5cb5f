import { type ByteKernels, portableKernels } from '../frame/byte-kernels.ts';
import { checkUtf8, refuseUtf8 } from '../bytes/utf8.ts';
import { abnormal, CloseCode, type CloseOutcome } from '../close-code.ts';
import { failOn, HoldfastError } from '../errors.ts';
import {
  checkPartialClose,
  type ClosePayload,
  decodeClosePayload,
  encodeClosePayload,
} from '../frame/close-payload.ts';
import { type Frame, isControl, Opcode, type Role } from '../frame/frame.ts';
import type { FrameInit } from '../frame/frame-header.ts';
import { FrameOutput } from '../frame/frame-output.ts';
import { FrameReader } from '../frame/frame-reader.ts';
import type { OutputMemory } from '../frame/output-memory.ts';
import { type Message, type Outgoing, viewBytes } from '../message.ts';
import type { EncodedMessage } from '../message/encoded-message.ts';
import { MessageAssembler } from '../message/message-assembler.ts';
import type { MessageCodec } from '../message/message-codec.ts';
import { messageFrames, splitPayload } from '../message/message-splitter.ts';

/** What a Protocol is told. */
export type ProtocolOptions = ProtocolLimits &
  (
    | {
        readonly role: 'client';
        /** Answers 4 fresh bytes from a CSPRNG for each frame (RFC 6455 5.3), which may be the next key's by then. */
        readonly createMaskingKey: () => Uint8Array;
      }
    | { readonly role: 'server' }
  );

interface ProtocolLimits {
  /** The longest payload of one frame that is taken, in bytes. Default 16 MiB. */
  readonly maxFrameBytes?: number;
  /** The longest message that is taken, in bytes. Default 16 MiB. */
  readonly maxMessageBytes?: number;
  /** The most fragments of one message that are taken. Default 131,072. */
  readonly maxFragments?: number;
  /** What the tiny fragments of one message may be short of 64 bytes, all together. Default 1 MiB. */
  readonly maxFragmentOverheadBytes?: number;
  /** The longest payload of one frame that is sent: longer messages go in fragments, in bytes. Default: no limit. */
  readonly maxFragmentBytes?: number;
  /**
   * How many pings may wait for their pong until the output is taken; past it only the latest are answered, as
   * RFC 6455 5.5.3 allows. Default 16.
   */
  readonly maxPendingPongs?: number;
  /** What the extension that was agreed on makes of messages. Default: none was. */
  readonly codec?: MessageCodec | undefined;
  /** Whether the chunks that are received are nobody else's, so that they are unmasked where they are. Default: they may be. */
  readonly ownsChunks?: boolean;
  /** What the platform does faster than portable code. Default: nothing. */
  readonly kernels?: ByteKernels;
  /** What the output is written to; what came of it is given back by `releaseOutput`. Default: memory that is not used twice. */
  readonly memory?: OutputMemory | undefined;
}

/** What the peer's bytes amount to. */
export type ProtocolEvent =
  | { readonly type: 'message'; readonly data: Message }
  | { readonly type: 'ping'; readonly payload: Uint8Array }
  | { readonly type: 'pong'; readonly payload: Uint8Array }
  /** The peer's close frame; where it was the first, the answer is in the output. */
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  /** The peer broke a rule; a close frame that says so is in the output. Nothing comes after it. */
  | { readonly type: 'fault'; readonly error: HoldfastError };

/**
 * Where an open connection stands: `closing` when our close frame is out and the peer's is not in, `closed` when both
 * have passed, `failed` after a fault of the peer.
 */
export type ProtocolState = 'open' | 'closing' | 'closed' | 'failed';

/**
 * A WebSocket connection from the end of the handshake on, without I/O (RFC 6455 5 to 7), for either role. Bytes go in
 * by `receive`, which answers events; bytes to write come out of `takeOutput`. Who calls it carries the rest out: write
 * the output first, then tell the events. Where `transport` is no longer `keep`, tell the events first, so that what the
 * app answers to the messages among them goes out before our close frame; then write, then do as `transport` says.
 */
export class Protocol {
  readonly #role: Role;
  readonly #createMaskingKey: (() => Uint8Array) | undefined = undefined;
  readonly #maxFragmentBytes: number;
  readonly #maxPendingPongs: number;
  readonly #codec: MessageCodec | undefined;
  readonly #kernels: ByteKernels;
  readonly #reader: FrameReader;
  readonly #assembler: MessageAssembler;
  #state: ProtocolState = 'open';
  readonly #output: FrameOutput;
  #pendingPongs: Uint8Array[] = [];
  #holdsPongs = false;
  /** Our close frame for the peer's close frame or fault, until the output is taken. */
  #dueClose: ClosePayload | undefined;
  #peerClose: ClosePayload | undefined;
  #fault: HoldfastError | undefined;

  constructor(options: ProtocolOptions) {
    this.#role = options.role;
    if (options.role === 'client') {
      // RFC 6455 5.1: a client masks all that it sends.
      if (!options.createMaskingKey) failOn('invalid-option', 'createMaskingKey', 'a function, for a client');
      this.#createMaskingKey = options.createMaskingKey;
    }
    this.#maxFragmentBytes = options.maxFragmentBytes ?? Number.POSITIVE_INFINITY;
    this.#maxPendingPongs = options.maxPendingPongs ?? 16;
    this.#codec = options.codec;
    const kernels = options.kernels ?? portableKernels;
    this.#kernels = kernels;
    this.#reader = new FrameReader(options, kernels.mask, kernels.allocate, options.codec !== undefined);
    this.#assembler = new MessageAssembler(options, kernels);
    this.#output = new FrameOutput(options.memory, kernels);
  }

  get state(): ProtocolState {
    return this.#state;
  }

  /** Whether the last frame was of binary data, of which views are given out. */
  get isReadingBytes(): boolean {
    return this.#reader.opcode === Opcode.Binary;
  }

  /** Whether messages can be sent, which they can until our close frame goes out (RFC 6455 5.5.1). */
  get takesMessages(): boolean {
    return this.#state === 'open' || this.#dueClose !== undefined;
  }

  /**
   * What to do with the transport: `keep` it; `end` it now that the output is written (a server closes TCP first,
   * RFC 6455 7.1.1); or `await-end`, the peer's, for a limited time, reading and dropping what still comes.
   */
  get transport(): 'keep' | 'end' | 'await-end' {
    if (this.#state === 'open' || this.#state === 'closing') return 'keep';
    return this.#role === 'server' ? 'end' : 'await-end';
  }

  /**
   * Takes bytes from the peer. The chunk must not change afterwards, as binary messages may be views of it; unless it is
   * borrowed, and may change when the events are answered.
   */
  receive(chunk: Uint8Array, isBorrowed = false): ProtocolEvent[] {
    const events: ProtocolEvent[] = [];
    // RFC 6455 1.4: what comes after the peer's close frame is dropped; after a fault nothing can be read.
    if (this.transport !== 'keep') return events;
    const reader = this.#reader;
    try {
      reader.feed(chunk, isBorrowed);
      while (reader.advance()) {
        const event = isControl(reader.opcode) ? this.#receiveControl(reader.takeFrame()) : this.#receiveData(reader);
        if (event) events.push(event);
        if (event?.type === 'close') return events;
      }
      this.#checkPartialFrame();
      reader.settle();
    } catch (error) {
      events.push(this.#fail(error as HoldfastError));
    }
    return events;
  }

  /**
   * Sends a message, text without lone surrogates, encoded by the extension that was agreed on, if one was and unless
   * `isEncoded` is false; answers its bytes before that, or -1 if the connection no longer takes one.
   */
  send(message: Outgoing, isEncoded = true): number {
    if (!this.takesMessages) return -1;
    const codec = isEncoded ? this.#codec : undefined;
    if (typeof message === 'string') return this.#sendText(message, codec);
    const payload = message instanceof Uint8Array ? message : viewBytes(message);
    this.#sendPayload(Opcode.Binary, payload, codec);
    return payload.length;
  }

  #sendText(text: string, codec: MessageCodec | undefined): number {
    // A character takes 3 bytes at the most.
    if (!codec && 3 * text.length <= this.#maxFragmentBytes) {
      this.#flushPongs();
      return this.#output.writeText(0x80 | Opcode.Text, text, this.#createMaskingKey?.());
    }
    const payload = this.#kernels.allocate(this.#kernels.utf8Length(text));
    this.#kernels.writeUtf8(payload, 0, text);
    this.#sendPayload(Opcode.Text, payload, codec);
    return payload.length;
  }

  #sendPayload(
    opcode: typeof Opcode.Text | typeof Opcode.Binary,
    payload: Uint8Array,
    codec: MessageCodec | undefined,
  ): void {
    const encoded = codec?.encode(payload);
    const body = encoded ?? payload;
    if (body.length > this.#maxFragmentBytes) {
      this.#sendPieces(opcode, splitPayload(body, this.#maxFragmentBytes), encoded !== undefined);
      return;
    }
    this.#flushPongs();
    // Not as an object: of most messages, little more is to be done than this.
    this.#output.writeBytes((encoded ? 0xc0 : 0x80) | opcode, body, this.#createMaskingKey?.());
  }

  /**
   * Sends a message that was encoded for many, as a server; answers as `send` does. Throws `invalid-frame` for a client,
   * whose every frame has a mask of its own (RFC 6455 5.3).
   */
  sendEncoded({ bytes, payloadBytes }: EncodedMessage): number {
    if (this.#role === 'client') throw new HoldfastError('invalid-frame', 'a client cannot send what is not masked');
    if (!this.takesMessages) return -1;
    this.#flushPongs();
    this.#output.add(bytes);
    return payloadBytes;
  }

  /**
   * Sends one message in just these fragments, at least one, as they are; `false` if the connection no longer takes one. Throws
   * `utf8-invalid` on a text that is not UTF-8.
   */
  sendFragments(opcode: typeof Opcode.Text | typeof Opcode.Binary, pieces: readonly Uint8Array[]): boolean {
    // RFC 6455 5.6: text is UTF-8.
    if (opcode === Opcode.Text) checkUtf8(pieces);
    return this.#sendPieces(opcode, pieces);
  }

  #sendPieces(opcode: typeof Opcode.Text | typeof Opcode.Binary, pieces: readonly Uint8Array[], rsv1 = false): boolean {
    // RFC 6455 5.5.1: no data frames after a close frame.
    if (!this.takesMessages) return false;
    for (const frame of messageFrames(opcode, pieces, rsv1)) this.#write(frame);
    return true;
  }

  /** Sends a ping with a payload of at most 125 bytes; `false` if the connection is closing or closed. */
  ping(payload: Uint8Array = new Uint8Array(0)): boolean {
    return this.#sendControl(Opcode.Ping, payload);
  }

  /** Sends a pong that no ping asked for, a one-way heartbeat (RFC 6455 5.5.3). */
  pong(payload: Uint8Array = new Uint8Array(0)): boolean {
    return this.#sendControl(Opcode.Pong, payload);
  }

  /** Begins the closing handshake; a second call does nothing. A reason over 123 bytes is cut. */
  close(code: number = CloseCode.NoStatus, reason = ''): void {
    if (this.#state !== 'open') return;
    this.#write({ opcode: Opcode.Close, payload: encodeClosePayload(code, reason) });
    this.#state = 'closing';
  }

  /**
   * While held, pongs wait, the latest `maxPendingPongs` of them: for a transport that is full, because the peer that
   * pings does not read.
   */
  holdPongs(isHeld: boolean): void {
    this.#holdsPongs = isHeld;
  }

  /** The bytes to write since the last call, in order. */
  takeOutput(): readonly Uint8Array[] {
    this.#flushPongs();
    this.#writeDueClose();
    return this.#output.take();
  }

  /** Tells that a piece of the output was written: its memory serves again. */
  releaseOutput(piece: Uint8Array): void {
    this.#output.release(piece);
  }

  /** How the connection ended, once the transport has: by `transportError`, if that is what ended it. */
  outcome(transportError?: HoldfastError): CloseOutcome {
    if (this.#fault) return abnormal(this.#fault);
    if (this.#peerClose) return { ...this.#peerClose, wasClean: true };
    return abnormal(
      transportError ?? new HoldfastError('connection-lost', 'the connection ended without a close frame'),
    );
  }

  #receiveData(reader: FrameReader): ProtocolEvent | undefined {
    const data = this.#assembler.isWholeMessage(reader)
      ? reader.opcode === Opcode.Text
        ? reader.readPayload(this.#readText)
        : reader.takePayload()
      : this.#assembler.push(reader.takeFrame());
    return data === undefined ? undefined : { type: 'message', data };
  }

  readonly #readText = (bytes: Uint8Array, start: number, end: number): string =>
    this.#kernels.readUtf8(bytes, start, end) ?? refuseUtf8(bytes.subarray(start, end));

  #receiveControl({ opcode, payload }: Frame): ProtocolEvent {
    if (opcode === Opcode.Close) return this.#receiveClose(decodeClosePayload(payload));
    if (opcode === Opcode.Pong) return { type: 'pong', payload };
    this.#pendingPongs.push(payload);
    if (this.#pendingPongs.length > this.#maxPendingPongs) this.#pendingPongs.shift();
    return { type: 'ping', payload };
  }

  #receiveClose(close: ClosePayload): ProtocolEvent {
    // RFC 6455 5.5.1: an endpoint that did not send a close frame answers with one, usually with the same code.
    this.#peerClose = close;
    this.#end('closed', { code: close.code, reason: '' });
    return { type: 'close', ...close };
  }

  #checkPartialFrame(): void {
    const { partial } = this.#reader;
    if (!partial) return;
    const peekPayload = (from: number) => this.#reader.peekPayload(from);
    if (!isControl(partial.opcode)) this.#assembler.check(partial, peekPayload);
    else if (partial.opcode === Opcode.Close) checkPartialClose(partial.payloadBytes, peekPayload(0));
  }

  /** The one place that turns a peer's fault into a close frame (RFC 6455 7.1.7). */
  #fail(error: HoldfastError): ProtocolEvent {
    this.#fault = error;
    this.#end('failed', { code: error.closeCode ?? CloseCode.InternalError, reason: error.message });
    return { type: 'fault', error };
  }

  #end(state: 'closed' | 'failed', answer: ClosePayload): void {
    // RFC 6455 5.5.1: there is one close frame of ours, and no data frame behind it; so it waits for what the app answers
    // to the messages before this.
    if (this.#state === 'open') this.#dueClose = answer;
    // RFC 6455 5.5.2: a ping wants no pong any more.
    else this.#pendingPongs = [];
    this.#state = state;
  }

  #writeDueClose(): void {
    if (!this.#dueClose) return;
    const { code, reason } = this.#dueClose;
    this.#dueClose = undefined;
    this.#write({ opcode: Opcode.Close, payload: encodeClosePayload(code, reason) });
    this.#pendingPongs = [];
  }

  #sendControl(opcode: typeof Opcode.Ping | typeof Opcode.Pong, payload: Uint8Array): boolean {
    if (this.#state !== 'open') return false;
    this.#write({ opcode, payload });
    return true;
  }

  #flushPongs(): void {
    const pongs = this.#pendingPongs;
    if (pongs.length === 0 || this.#holdsPongs) return;
    this.#pendingPongs = [];
    for (const payload of pongs) this.#write({ opcode: Opcode.Pong, payload });
  }

  #write(frame: FrameInit): void {
    // A pong goes out before what is sent after its ping came in, so that no close frame overtakes it.
    this.#flushPongs();
    this.#output.write(frame, this.#createMaskingKey?.());
  }
}
