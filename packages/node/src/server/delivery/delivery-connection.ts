import {
  type ClosedEvent,
  type CloseOutcome,
  type DropCause,
  fillOptions,
  type HoldfastError,
  type ListenOptions,
  lost,
  type Message,
  type Outgoing,
  ReadPauses,
} from '@holdfast/core/adapter';
import { appProtocol, type Greeting } from '@holdfast/core/delivery';
import { sendDefaults } from '../../socket-link.ts';
import { checkServerClose } from '../check-close.ts';
import type {
  Connection,
  ConnectionEventMap,
  ConnectionSendOptions,
  ConnectionState,
  DeliveryState,
} from '../connection.ts';
import { ConnectionEvents } from '../connection-events.ts';
import { encodeOutgoing } from '../encode-outgoing.ts';
import { callApp, unforced } from '../faults.ts';
import type { HandshakeRequest } from '../handshake-request.ts';
import { type Observers, tellTraffic, unobserved } from '../observer.ts';
import type { ResolvedServeOptions } from '../options.ts';
import type { ServerConnection } from '../server-connection.ts';
import { DeliverySession, type Opening, type SessionHandler } from './delivery-session.ts';
import type { ResolvedServerDelivery } from './options.ts';

/** What was said of a message; with a codec also the message as the app knows it, for `dropped`. */
type SentOptions = ConnectionSendOptions & { readonly message?: Outgoing };

const deliverySendDefaults: Required<ConnectionSendOptions> = { ...sendDefaults, receipt: undefined };

/** What a connection with delivery is made of. */
export interface DeliveryConnectionParts {
  readonly name: string;
  readonly line: ServerConnection;
  readonly options: ResolvedServeOptions;
  readonly delivery: ResolvedServerDelivery;
  readonly opening: Opening;
  /** The client has left without a word, or is back. */
  readonly onAway: (isAway: boolean) => void;
  /** The session is over, before any listener hears so. */
  readonly onEnded: () => void;
}

/**
 * A Connection whose session outlives its lines: it is open from the first greeting until it is closed, or its client does
 * not come back in time. The client is greeted back when the app is ready for its messages.
 */
export class DeliveryConnection implements Connection, SessionHandler {
  latencyMs: number | undefined;
  /** Who is told of its messages. */
  observers: Observers<never> = unobserved;
  readonly #options: ResolvedServeOptions;
  readonly #session: DeliverySession;
  readonly #events: ConnectionEvents;
  readonly #pauses = new ReadPauses();
  readonly #parts: DeliveryConnectionParts;
  /** The line that waits to be greeted back. */
  #waitingLine: ServerConnection | undefined;
  /** Greets the client back, once the app is ready. */
  #greet: (() => void) | undefined;
  #isReleased = false;
  #isFull = false;
  #lines = 0;

  constructor(parts: DeliveryConnectionParts) {
    const { name, line, options, delivery, opening } = parts;
    const { onError } = options;
    this.#parts = parts;
    this.#options = options;
    this.#events = new ConnectionEvents(onError && ((error) => onError(error, this)));
    this.#session = new DeliverySession(name, line, delivery, this, opening);
  }

  /** Goes on over this line, once the app is ready. */
  open(line: ServerConnection, peer: Greeting): void {
    void this.#waitingLine?.close(1008, 'the session goes on over another connection');
    this.#waitingLine = line;
    this.#greet = () => {
      this.#waitingLine = undefined;
      if (line.state.name === 'open') this.#session.open(line, peer);
      else this.#session.waitFor(endOfLine(line));
    };
    // The welcome acknowledges too.
    if (this.#isReleased) this.#session.whenSaved(() => this.#greetNow());
  }

  /** Lets messages come after this turn. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    setImmediate(() => this.#greetNow());
  }

  /** Takes what arrived on a line. */
  receive(line: ServerConnection, data: Message): void {
    this.#session.receive(line, data);
  }

  /** A line has ended. */
  onLineEnded(line: ServerConnection, outcome: CloseOutcome): void {
    this.#session.onLineEnded(line, outcome);
  }

  get request(): HandshakeRequest {
    return this.#session.latestLine.request;
  }

  get data(): unknown {
    return this.#session.latestLine.data;
  }

  get protocol(): string {
    return appProtocol(this.#session.latestLine.protocol) ?? '';
  }

  get extensions(): string {
    return this.#session.latestLine.extensions;
  }

  /** Whether a client can still come back to it. */
  get canResume(): boolean {
    return !this.#session.isOver && !this.#session.hasLeft;
  }

  /** Whether its client has no line, not even one that waits to be greeted back. */
  get isAway(): boolean {
    return !this.#session.line && !this.#waitingLine;
  }

  get delivery(): DeliveryState {
    const { name, resumed, sent, received } = this.#session;
    return { session: name, resumed, sent, received };
  }

  get state(): ConnectionState {
    if (!this.#events.closed) {
      if (this.#session.isClosing) return { name: 'closing' };
      return { name: this.#session.line ? 'open' : 'away' };
    }
    const { type: _, ...outcome } = this.#events.closed;
    return { name: 'closed', ...outcome };
  }

  get bufferedBytes(): number {
    return this.#session.bufferedBytes;
  }

  on<K extends keyof ConnectionEventMap>(
    type: K,
    listener: (event: ConnectionEventMap[K]) => unknown,
    options?: ListenOptions,
  ): () => void {
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

  send(message: Outgoing, options?: ConnectionSendOptions): 'sent' | 'queued' | 'closed' {
    const { codec } = this.#options;
    const encoded = encodeOutgoing(codec, message);
    const filled = fillOptions(options, deliverySendDefaults, 'send') as ConnectionSendOptions;
    const how: SentOptions = codec ? { ...filled, message } : filled;
    if (this.#session.isOver || this.#session.isClosing) return 'closed';
    const waiting = this.bufferedBytes;
    this.#session.send(encoded, how);
    const { maxBufferedBytes } = this.#options.limits;
    if (waiting > 0 && this.bufferedBytes > maxBufferedBytes) {
      this.#drop(lost('peer-too-slow', `over ${maxBufferedBytes} bytes wait for a client that does not take them`));
      return 'closed';
    }
    this.#isFull ||= this.bufferedBytes >= this.#options.highWaterMark;
    if (this.observers.size > 0) tellTraffic(this.observers, 'onSent', encoded);
    return this.#session.line ? 'sent' : 'queued';
  }

  drained(): Promise<void> {
    const isDrained = !this.#isFull && !this.#events.closed;
    return unforced(isDrained ? Promise.resolve() : this.once('drain').then(() => {}));
  }

  async ping(): Promise<number> {
    const line = this.#session.line;
    return line ? line.ping() : this.once('latency').then(({ rttMs }) => rttMs);
  }

  close(code = 1000, reason = ''): Promise<ClosedEvent> {
    checkServerClose(code, reason);
    const closed = this.once('closed');
    this.#session.close(code, reason, this.#options.closeTimeoutMs);
    this.release();
    return closed;
  }

  /** Goes, and leaves the session to another process where it is in a store. */
  async leave(code: number, reason: string): Promise<void> {
    if (this.#session.isStored) await this.#session.leave(code, reason, this.#options.closeTimeoutMs);
    else await this.close(code, reason);
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
    this.#session.close(1011, 'internal error', this.#options.closeTimeoutMs);
  }

  onMessage(data: Message): void {
    if (this.observers.size > 0) tellTraffic(this.observers, 'onReceived', data);
    const fault = this.#events.receive(data, this.#options.codec);
    if (fault) this.#session.close(fault.closeCode ?? 1007, fault.code, this.#options.closeTimeoutMs);
  }

  onOpen(line: ServerConnection): void {
    this.#parts.onAway(false);
    this.#lines += 1;
    this.#pauses.attach(line);
    line.on('latency', ({ rttMs }) => {
      this.latencyMs = rttMs;
      this.#events.emit({ type: 'latency', rttMs });
    });
    line.on('drain', () => this.onRoom());
    const { url } = this.request;
    // Of the first, `onConnection` tells.
    if (this.#lines > 1)
      this.#events.emit({ type: 'open', url, protocol: this.protocol, attempt: this.#lines, resumed: true });
  }

  onRoom(): void {
    if (!this.#isFull || this.bufferedBytes >= this.#options.highWaterMark) return;
    this.#isFull = false;
    this.#events.emit({ type: 'drain' });
  }

  onLost(outcome: CloseOutcome): void {
    const { uncertain } = this.#session;
    this.#parts.onAway(true);
    this.#events.emit({ type: 'disconnected', ...outcome, willReconnect: true, uncertain });
  }

  onAcknowledged({ receipt }: ConnectionSendOptions): void {
    if (receipt) this.#tellReceipt(receipt);
  }

  onDropped(encoded: Message, cause: DropCause, { receipt, message = encoded }: SentOptions): void {
    if (receipt) this.#tellReceipt(receipt, cause);
    this.#events.emit({ type: 'dropped', message, cause });
  }

  onError(error: HoldfastError): void {
    this.#events.tellError(error);
  }

  onEnd(outcome: CloseOutcome): void {
    const closed: ClosedEvent = { type: 'closed', ...outcome };
    this.#events.closed = closed;
    this.#parts.onEnded();
    this.#events.emit(closed);
  }

  #greetNow(): void {
    this.#greet?.();
    this.#greet = undefined;
  }

  #tellReceipt(receipt: NonNullable<ConnectionSendOptions['receipt']>, cause?: DropCause): void {
    callApp(
      () => receipt(cause),
      (thrown) => this.#events.tellFault('receipt', thrown),
    );
  }

  #drop(outcome: CloseOutcome): void {
    const { line } = this.#session;
    this.#session.end(outcome);
    line?.terminate();
  }
}

function endOfLine({ state }: ServerConnection): CloseOutcome {
  return state.name === 'closed' ? state : lost('connection-lost', 'the client left before it was greeted');
}
