import type { Socket } from 'node:net';
import { type EncodedMessage, encodeMessage } from '@holdfast/core';
import {
  type ClosedEvent,
  type CloseOutcome,
  createHeartbeat,
  failOn,
  fillOptions,
  type Heartbeat,
  type LinkHandler,
  type ListenOptions,
  lost,
  type Message,
  type Outgoing,
  ReadPauses,
} from '@holdfast/core/adapter';
import { DeflateCodec } from '../deflate/deflate-codec.ts';
import type { Handshake } from '../handshake/server-handshake.ts';
import { wireOptions } from '../options.ts';
import { platformClock } from '../platform-clock.ts';
import { type LinkSendOptions, sendDefaults, SocketLink } from '../socket-link.ts';
import { checkServerClose } from './check-close.ts';
import type { Connection, ConnectionEventMap, ConnectionSendOptions, ConnectionState } from './connection.ts';
import { ConnectionEvents } from './connection-events.ts';
import { encodeOutgoing } from './encode-outgoing.ts';
import { unforced } from './faults.ts';
import type { HandshakeRequest } from './handshake-request.ts';
import { createIdleLimit, type IdleLimit } from './idle-limit.ts';
import { type Observers, tellTraffic, unobserved } from './observer.ts';
import type { ResolvedAcceptOptions } from './options.ts';

/** A handshake that was accepted, and what the app found out by it. */
export interface OpenHandshake extends Handshake {
  readonly data: unknown;
}

const serverRole = { role: 'server' } as const;

/** What a ServerConnection tells, besides its events: that it is over, before any listener hears so. */
export type OnEnded = (connection: ServerConnection) => void;

/**
 * A Connection over a socket whose handshake is done. It is read from the next turn on, but what the first message begins
 * waits for `release`, or for a listener.
 */
export class ServerConnection implements Connection, LinkHandler {
  readonly request: HandshakeRequest;
  readonly data: unknown;
  latencyMs: number | undefined;
  readonly delivery: undefined;
  /** Who is told of its messages, where it is no line of a session. */
  observers: Observers<never> = unobserved;
  /** What its messages mean: connections of one codec can share what that made of a message. */
  codec: ResolvedAcceptOptions['codec'];
  readonly #events: ConnectionEvents;
  readonly #options: ResolvedAcceptOptions;
  readonly #link: SocketLink;
  readonly #codec: DeflateCodec | undefined;
  readonly #heartbeat: Heartbeat;
  readonly #idle: IdleLimit;
  readonly #pauses = new ReadPauses();
  #cancelCloseTimer: (() => void) | undefined;
  readonly #onEnded: OnEnded;
  #isReleased = false;
  #isFull = false;

  constructor(socket: Socket, handshake: OpenHandshake, options: ResolvedAcceptOptions, onEnded: OnEnded) {
    const { onError } = options;
    this.#events = new ConnectionEvents(onError && ((error) => onError(error, this)));
    this.request = handshake.request;
    this.data = handshake.data;
    this.#options = options;
    this.codec = options.codec;
    this.#onEnded = onEnded;
    const codec = handshake.deflate && new DeflateCodec('server', handshake.deflate);
    this.#codec = codec;
    this.#link = new SocketLink(socket, this, {
      clock: platformClock,
      protocol: handshake.protocol,
      endTimeoutMs: options.closeTimeoutMs / 2,
      extensions: handshake.deflate?.text ?? '',
      wire: Object.assign(wireOptions(options.limits, options.maxMessageBytes, codec), serverRole),
      onEnd: () => codec?.close(),
    });
    this.#link.pause(true);
    this.#link.hold();
    this.#heartbeat = createHeartbeat(
      platformClock,
      options.heartbeat,
      () => this.#link.ping(),
      (rttMs) => this.#onLatency(rttMs),
      (limitMs) => this.#onSilence(limitMs),
    );
    this.#idle = createIdleLimit(platformClock, options.idleTimeoutMs, () => {
      this.#close(1001, `no message for ${options.idleTimeoutMs} ms`);
    });
    const [beat] = this.#heartbeat;
    beat(true);
    setImmediate(() => this.#start());
  }

  /** Lets messages come after this turn. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    setImmediate(() => this.#letMessagesCome());
  }

  get protocol(): string {
    return this.#link.protocol;
  }

  get extensions(): string {
    return this.#link.extensions;
  }

  get state(): ConnectionState {
    if (!this.#events.closed) return { name: this.#link.readyState === 1 ? 'open' : 'closing' };
    const { type: _, ...outcome } = this.#events.closed;
    return { name: 'closed', ...outcome };
  }

  get bufferedBytes(): number {
    return this.#link.bufferedAmount;
  }

  on<K extends keyof ConnectionEventMap>(
    type: K,
    listener: (event: ConnectionEventMap[K]) => unknown,
    options?: ListenOptions,
  ): () => void {
    // No message comes before the first that listens for one.
    if (type === 'message') this.release();
    return this.#events.on(type, listener, options);
  }

  once<K extends keyof ConnectionEventMap>(
    type: K,
    options?: Pick<ListenOptions, 'signal'>,
  ): Promise<ConnectionEventMap[K]> {
    if (type === 'message') this.release();
    return this.#events.once(type, options);
  }

  send(message: Outgoing, options?: ConnectionSendOptions): 'sent' | 'closed' {
    const encoded = encodeOutgoing(this.codec, message);
    if (options?.receipt) failOn('invalid-option', 'receipt', 'with delivery');
    const how = fillOptions(options, sendDefaults, 'send') as LinkSendOptions;
    return this.#handOver(encoded, () => this.#link.send(encoded, how));
  }

  /** Sends a message that goes to many; `frames` keeps what others would encode alike. */
  sendShared(
    { compress }: Required<LinkSendOptions>,
    [message, frames]: readonly [Outgoing, Map<string, EncodedMessage>],
  ): 'sent' | 'closed' {
    const codec = compress ? this.#codec : undefined;
    const kind = codec ? codec.kind : '';
    if (kind === undefined) return this.#handOver(message, () => this.#link.send(message));
    const shared = frames.get(kind) ?? encodeMessage(message, codec);
    frames.set(kind, shared);
    return this.#handOver(message, () => this.#link.sendEncoded(shared));
  }

  drained(): Promise<void> {
    const isDrained = !this.#isFull && !this.#events.closed;
    return unforced(isDrained ? Promise.resolve() : this.once('drain').then(() => {}));
  }

  ping(): Promise<number> {
    const latency = this.once('latency');
    const [, ask] = this.#heartbeat;
    if (this.#link.readyState === 1) ask();
    return unforced(latency.then(({ rttMs }) => rttMs));
  }

  close(code = 1000, reason = ''): Promise<ClosedEvent> {
    checkServerClose(code, reason);
    const closed = this.once('closed');
    this.#close(code, reason);
    return closed;
  }

  /** Closes since the server does. */
  async leave(code: number, reason: string): Promise<void> {
    await this.close(code, reason);
  }

  terminate(): void {
    this.#drop(lost('connection-lost', 'terminated by this end'));
  }

  [Symbol.asyncIterator](): AsyncGenerator<Message, undefined> {
    return this.#pauses.iterate(this, this.#events.messages());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Closes as for a fault of the app's, and tells it. */
  fail(who: string, cause: unknown): void {
    this.#events.tellFault(who, cause);
    this.#close(1011, 'internal error');
  }

  /** Holds back the reading of messages, or no longer. */
  pause(isPaused: boolean): void {
    this.#pauses.pause(isPaused);
  }

  onOpen(): void {}

  onMessage(data: Message): void {
    this.#idle.touch();
    if (this.observers.size > 0) tellTraffic(this.observers, 'onReceived', data);
    const fault = this.#events.receive(data, this.codec);
    if (fault) this.#close(fault.closeCode ?? 1007, fault.code);
  }

  onHeard(): void {
    const [, , heard] = this.#heartbeat;
    heard();
  }

  onPong(): void {
    const [, , , answered] = this.#heartbeat;
    answered();
  }

  onDrain(): void {
    // Who reads is alive, though its pong may stand behind all that it still has to read.
    this.onHeard();
    if (!this.#isFull || this.bufferedBytes >= this.#options.highWaterMark) return;
    this.#isFull = false;
    this.#events.emit({ type: 'drain' });
  }

  onEnd(outcome: CloseOutcome): void {
    if (this.#events.closed) return;
    const closed: ClosedEvent = { type: 'closed', ...outcome };
    // Before any listener hears so, which may ask.
    this.#events.closed = closed;
    const [beat] = this.#heartbeat;
    beat(false);
    this.#idle.stop();
    this.#cancelCloseTimer?.();
    this.#onEnded(this);
    this.#events.emit(closed);
  }

  #start(): void {
    if (!this.#events.closed) this.#pauses.attach(this.#link);
  }

  #letMessagesCome(): void {
    if (this.#events.closed) return;
    this.#link.release();
    this.#link.pause(this.#pauses.isPaused);
  }

  #handOver(message: Outgoing, send: () => void): 'sent' | 'closed' {
    if (this.#events.closed || this.#link.readyState !== 1) return 'closed';
    const waiting = this.bufferedBytes;
    send();
    const { maxBufferedBytes } = this.#options.limits;
    if (waiting > 0 && this.bufferedBytes > maxBufferedBytes) {
      this.#drop(lost('peer-too-slow', `over ${maxBufferedBytes} bytes wait for a client that does not read them`));
      return 'closed';
    }
    this.#idle.touch();
    this.#isFull ||= this.bufferedBytes >= this.#options.highWaterMark;
    if (this.observers.size > 0) tellTraffic(this.observers, 'onSent', message);
    return 'sent';
  }

  #close(code: number, reason: string): void {
    if (this.#events.closed || this.#link.readyState !== 1) return;
    const { closeTimeoutMs } = this.#options;
    const onTimeout = () => this.#drop(lost('close-timeout', `no answer to the close frame in ${closeTimeoutMs} ms`));
    this.#cancelCloseTimer?.();
    this.#cancelCloseTimer = platformClock.after(closeTimeoutMs, onTimeout);
    this.#link.close(code, reason);
    this.release();
  }

  #drop(outcome: CloseOutcome): void {
    this.#link.abandon();
    this.onEnd(outcome);
  }

  #onLatency(rttMs: number): void {
    this.latencyMs = rttMs;
    this.#events.emit({ type: 'latency', rttMs });
  }

  #onSilence(limitMs: number): void {
    const [beat] = this.#heartbeat;
    // Who does not read hears nothing either.
    if (this.#pauses.isPaused || this.#link.isHeld) beat(true);
    else this.#drop(lost('heartbeat-timeout', `nothing heard for ${limitMs} ms`));
  }
}
