import type { Socket } from 'node:net';
import {
  type EncodedMessage,
  HoldfastError,
  type Outgoing,
  Protocol,
  type ProtocolEvent,
  type ProtocolOptions,
} from '@holdfast/core';
import type { Clock, Link, LinkHandler } from '@holdfast/core/adapter';
import type { ReadMemory } from './dial/read-memory.ts';

/** What a SocketLink needs besides its socket. */
export interface SocketLinkOptions {
  readonly clock: Clock;
  /** How long the peer's end of TCP is waited for, once it is due, in ms. */
  readonly endTimeoutMs: number;
  /** The sub-protocol that was agreed, or ''. */
  readonly protocol: string;
  /** The extensions that were agreed on, as they stand in the header, or ''. */
  readonly extensions?: string;
  readonly wire: ProtocolOptions;
  /** What the socket reads into; absent where each chunk has memory of its own. */
  readonly memory?: ReadMemory | undefined;
  /** Is called when the socket is done with, once. */
  readonly onEnd?: () => void;
}

/** What may be said of one message. */
export interface LinkSendOptions {
  /** `false` sends it as it is, also where messages are compressed. */
  readonly compress?: boolean;
}

/** What holds for a message of which nothing is said. */
export const sendDefaults: Required<LinkSendOptions> = { compress: true };

/** What was given to the socket at once: its memory, and how much payload is in it. */
interface Write {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
}

/** What it is followed by runs behind all that the app does now; `queueMicrotask` takes twice as long for that. */
const endOfTurn = Promise.resolve();

/** With so much unread by the peer, in bytes, its pings are answered only when it reads again. */
const pongHoldBytes = 64 * 1024;

/**
 * One socket and one Protocol as a Link. It only carries bytes: what they mean, and what must be done with the socket,
 * the Protocol says. What is sent in one turn is written together.
 */
export class SocketLink implements Link {
  readonly protocol: string;
  readonly extensions: string;
  bufferedAmount = 0;
  readonly #socket: Socket;
  readonly #wire: Protocol;
  readonly #handler: LinkHandler;
  readonly #clock: Clock;
  readonly #endTimeoutMs: number;
  readonly #memory: ReadMemory | undefined;
  readonly #onEnd: (() => void) | undefined;
  #error: HoldfastError | undefined;
  #cancelEndTimer: (() => void) | undefined;
  #isFlushDue = false;
  /** Payload since the last flush. */
  #unflushedBytes = 0;
  /** What the socket may still read, the oldest first. */
  readonly #writes: Write[] = [];
  #isAbandoned = false;
  #pingCount = 0;
  #isHolding = false;
  /** What came since the hold began, from its first message on. */
  #held: ProtocolEvent[] = [];

  constructor(socket: Socket, handler: LinkHandler, options: SocketLinkOptions) {
    this.protocol = options.protocol;
    this.extensions = options.extensions ?? '';
    this.#socket = socket;
    this.#handler = handler;
    this.#clock = options.clock;
    this.#endTimeoutMs = options.endTimeoutMs;
    this.#memory = options.memory;
    this.#onEnd = options.onEnd;
    this.#wire = new Protocol(options.wire);
    socket.on('data', this.#onData).on('end', this.#onSocketEnd).on('error', this.#onError).on('close', this.#onClose);
  }

  /**
   * Keeps messages back, and reads no more behind the first of them, until `release`; pings and close frames before it are
   * answered all the same. Nothing that the peer sent behind that message is answered before the app could have answered it.
   */
  hold(): void {
    this.#isHolding = true;
  }

  /** Tells what was kept back, and goes on. */
  release(): void {
    this.#isHolding = false;
    this.#tellAll(this.#held.splice(0));
  }

  /** Whether the peer is not read, because a message waits for `release`. */
  get isHeld(): boolean {
    return this.#held.length > 0;
  }

  /** Takes bytes that arrived before the link was made. */
  receive(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#onData(chunk);
  }

  get readyState(): number {
    return this.#wire.takesMessages && this.#socket.writable ? 1 : 2;
  }

  send(message: Outgoing, { compress }: LinkSendOptions = sendDefaults): void {
    this.#addOutput(this.#wire.send(message, compress));
  }

  /** Hands over a message that was encoded for many; only as a server. */
  sendEncoded(message: EncodedMessage): void {
    this.#addOutput(this.#wire.sendEncoded(message));
  }

  #addOutput(bytes: number): void {
    if (bytes < 0) return;
    this.bufferedAmount += bytes;
    this.#unflushedBytes += bytes;
    this.#flushSoon();
  }

  ping(): void {
    this.#pingCount++;
    this.#wire.ping(this.#pingPayload());
    this.#flushSoon();
  }

  /** Stops the reading of messages, or goes on with it. */
  pause(isPaused: boolean): void {
    // The peer's close frame has to be read, however far behind the reader is.
    if (isPaused && this.#wire.state === 'open') this.#socket.pause();
    else if (!this.isHeld) this.#socket.resume();
  }

  close(code: number, reason: string): void {
    this.#wire.close(code, reason);
    this.#flush();
    // What the peer sent before its close frame has to be read.
    if (!this.isHeld) this.#socket.resume();
  }

  /** Drops the connection at once; the handler hears nothing more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#cancelEndTimer?.();
    this.#socket.destroy();
  }

  readonly #onData = (chunk: Uint8Array): void => {
    // What came with the response's head is handed over by hand, also if the link was given up by then.
    if (this.#isAbandoned) return;
    this.#handler.onHeard();
    const memory = this.#memory;
    const events = this.#wire.receive(chunk, memory?.lends(chunk));
    memory?.expect(chunk, this.#wire.isReadingBytes);
    // Pongs and the like go out before anybody is told; a close frame goes behind what the app answers to the rest.
    if (this.#wire.transport === 'keep') this.#flush();
    if (this.#isHolding && events.some(({ type }) => type === 'message')) {
      this.#held = events;
      this.#socket.pause();
    } else this.#tellAll(events);
  };

  /** The peer sends no more; a socket of an HTTP server would stay half open. */
  readonly #onSocketEnd = (): void => {
    this.#socket.end();
  };

  readonly #onError = (cause: NodeJS.ErrnoException): void => {
    this.#error = new HoldfastError('connection-lost', `the connection broke: ${cause.code ?? cause.message}`, {
      cause,
    });
  };

  readonly #onClose = (): void => {
    // Nothing is written any more.
    for (const { pieces } of this.#writes.splice(0)) this.#release(pieces);
    this.#release(this.#wire.takeOutput());
    this.#onEnd?.();
    if (this.#isAbandoned) return;
    this.#cancelEndTimer?.();
    this.#handler.onEnd(this.#wire.outcome(this.#error));
  };

  #tellAll(events: readonly ProtocolEvent[]): void {
    for (const event of events) this.#tell(event);
    if (this.#wire.transport !== 'keep') this.#flush();
    this.#followTransport();
  }

  #tell(event: ProtocolEvent): void {
    if (this.#isAbandoned) return;
    switch (event.type) {
      case 'message':
        this.#handler.onMessage(event.data);
        break;
      case 'pong':
        if (Buffer.compare(event.payload, this.#pingPayload()) === 0) this.#handler.onPong();
        break;
      case 'ping':
      case 'close':
      case 'fault':
        // Answered by the Protocol; the end is told when the socket has ended.
        break;
    }
  }

  #followTransport(): void {
    const { transport } = this.#wire;
    if (transport === 'keep' || this.#cancelEndTimer || this.#isAbandoned) return;
    if (transport === 'end') this.#socket.end();
    // Reading goes on, so that a reset does not take back what we wrote last.
    this.#socket.resume();
    this.#cancelEndTimer = this.#clock.after(this.#endTimeoutMs, () => this.#socket.destroy());
  }

  #flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    void endOfTurn.then(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushDue = false;
    // Our close frame waits for what the app answers to the messages before it.
    if (this.isHeld && this.#wire.transport !== 'keep') return;
    this.#wire.holdPongs(this.#socket.writableLength > pongHoldBytes);
    const pieces = this.#wire.takeOutput();
    if (this.#isAbandoned) this.#release(pieces);
    else if (pieces.length > 0) this.#write(pieces);
  }

  #write(pieces: readonly Uint8Array[]): void {
    this.#writes.push({ pieces, bytes: this.#unflushedBytes });
    this.#unflushedBytes = 0;
    const [piece] = pieces;
    if (pieces.length === 1 && piece) this.#socket.write(piece, this.#onWritten);
    else this.#writeTogether(pieces);
  }

  #writeTogether(pieces: readonly Uint8Array[]): void {
    const last = pieces.length - 1;
    this.#socket.cork();
    pieces.forEach((piece, index) => this.#socket.write(piece, index === last ? this.#onWritten : undefined));
    this.#socket.uncork();
  }

  /** Tells of the oldest write: they end in order. */
  readonly #onWritten = (error?: Error | null): void => {
    // Of a line that was lost, runtimes tell this too: with an error, or without one once the socket is destroyed.
    if (error || this.#socket.destroyed) return;
    const { pieces, bytes } = this.#writes.shift() as Write;
    this.#release(pieces);
    this.bufferedAmount -= bytes;
    if (this.#isAbandoned) return;
    // Pongs that were held.
    this.#flush();
    this.#handler.onDrain();
  };

  #release(pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) this.#wire.releaseOutput(piece);
  }

  /** Names the last ping, so that a pong that nobody asked for is not taken for its answer. */
  #pingPayload(): Uint8Array {
    return Uint8Array.of(this.#pingCount >>> 24, this.#pingCount >>> 16, this.#pingCount >>> 8, this.#pingCount);
  }
}
