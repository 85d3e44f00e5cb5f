import { onAbort } from '../abort-signal.ts';
import { abnormal, checkAppClose, type CloseOutcome, lost } from '../close-code.ts';
import { Timer } from '../clock.ts';
import { failOn, HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent, DropCause } from '../events/client-event.ts';
import { Emitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { codecError, encodeBy } from './codec.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { Heartbeat, type HeartbeatActs } from './heartbeat.ts';
import { fillOptions } from './fill-options.ts';
import { iterateMessages, wireLengths } from './iterate-messages.ts';
import type { Layer } from './layer.ts';
import type { Connector, Link, LinkHandler } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { checkOutbox, Outbox, type SendOptions, type Waiting } from './outbox.ts';
import type { Platform } from './platform.ts';
import type { DialCause } from './retry-policy.ts';
import { advance, type ClientState, type SessionInput } from './session.ts';

/** Where to dial: a URL, or a function that is asked at each dial. */
export type UrlSource = MaybeAsync<string | { readonly href: string }>;

/** A client, and what its platform may tell it. */
export interface SessionClient<In, Out> extends Client<In, Out> {
  /** The platform came back to life (a page is shown, the network is there): dial now, or ask whether the line lives. */
  wake(): void;
  /** The platform goes to rest: lets go of the link, or of the dial, until `wake`, or until its time to come back. */
  rest(): void;
}

/** What holds for a message of which nothing is said. */
export const sendDefaults: Required<SendOptions> = {
  ttlMs: Infinity,
  key: undefined,
  signal: undefined,
  receipt: undefined,
};

/** What was said of a message; with a codec also the message as the app knows it, for `dropped`. */
type SentOptions<Out> = SendOptions & { readonly message?: Out };

/** Where no link is open. */
const noLink = { protocol: '', extensions: '', bufferedAmount: 0 } as Link;

/**
 * The client over any platform, with relative URLs by `baseUrl`: it carries out what `advance` decides, and passes messages by the short way. Throws
 * `invalid-url`, `invalid-protocol` or `invalid-option` at once. The first dial begins after the caller's turn.
 */
export function createClient<In = Message, Out = Outgoing>(
  source: UrlSource,
  options: ResolvedOptions<In, Out>,
  connector: Connector,
  platform: Platform,
  baseUrl?: string,
): SessionClient<In, Out> {
  return new Session<In, Out>(source, options, connector, platform, baseUrl);
}

/** A dial, and the link that it becomes: what it tells counts until it is let go. */
interface Dial extends LinkHandler {
  isOver: boolean;
  drop: (() => void) | undefined;
}

type AnyClient = Session<unknown, unknown>;

/** A class, whose clients share its methods: closures of its own would be most of what an idle one holds. */
class Session<In, Out> implements SessionClient<In, Out> {
  url = '';
  protocol = '';
  extensions = '';
  latencyMs: number | undefined;
  state: ClientState = { name: 'waiting', attempt: 1, delayMs: 0 };
  readonly delivery: boolean;
  readonly #source: UrlSource;
  readonly #options: ResolvedOptions<In, Out>;
  readonly #connector: Connector;
  readonly #platform: Platform;
  readonly #baseUrl: string | undefined;
  readonly #events = new Emitter<ClientEvent<In, Out>>();
  readonly #timer: Timer;
  readonly #poll: Timer;
  /** Absent until something has to wait. */
  #outbox: Waiting<Outgoing> | undefined;
  #heartbeat: Heartbeat<AnyClient> | undefined;
  #dialed: Dial | undefined;
  #link = noLink;
  /** What the peer may not have read, and how much of it stands before the last question. */
  #messages = 0;
  #bytes = 0;
  #messagesAsked = 0;
  #bytesAsked = 0;
  /** `bufferedBytes` has been at the mark, and `drain` is due. */
  #isFull = false;
  /** The last event. */
  #closed: ClosedEvent | undefined;
  #refusals = 0;

  constructor(
    source: UrlSource,
    options: ResolvedOptions<In, Out>,
    connector: Connector,
    platform: Platform,
    baseUrl: string | undefined,
  ) {
    const { protocols, delivery, codec, signal } = options;
    if (delivery && !delivery.attach)
      failOn('invalid-option', `delivery ${delivery as unknown as string}`, 'delivery()');
    if (codec && !codec.decode) failOn('invalid-option', `codec ${codec as unknown as string}`, 'json()');
    checkOutbox(options.outbox);
    if (typeof source !== 'function') resolveUrl(source, baseUrl);
    if (typeof protocols !== 'function') checkProtocols(protocols);
    this.#source = source;
    this.#options = options;
    this.#platform = platform;
    this.#baseUrl = baseUrl;
    this.#timer = new Timer(platform);
    this.#poll = new Timer(platform);
    this.delivery = !!delivery;
    this.#connector = delivery ? this.#attach(delivery, connector) : connector;
    if (signal) {
      this.on(
        'closed',
        onAbort(signal, (cause) => this.#step('failed', lost('aborted', '', cause))),
      );
    }
    this.#step('dial');
  }

  get bufferedBytes(): number {
    return (this.#outbox ? this.#outbox.queuedBytes : 0) + this.#link.bufferedAmount;
  }

  on<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    listener: (event: ClientEventMap<In, Out>[K]) => unknown,
    options?: ListenOptions,
  ): () => void {
    return this.#events.on(type, listener, options);
  }

  once<K extends keyof ClientEventMap<In, Out>>(type: K, options?: ListenOptions): Promise<ClientEventMap<In, Out>[K]> {
    return this.#wait(type, options);
  }

  send(message: Out, options?: SendOptions): 'sent' | 'queued' {
    const { codec } = this.#options;
    const encoded = this.#encode(message);
    checkOutgoing(encoded);
    let how = fillOptions(options, this.#platform.sendDefaults ?? sendDefaults) as SendOptions;
    if (codec) how = { ...how, message } as SentOptions<Out>;
    // Of all names, only these two: a look at a letter costs less than any other question.
    if (this.state.name[1] === 'l') throw new HoldfastError('client-closed');
    if (how.receipt && !this.delivery) failOn('invalid-option', 'receipt', 'with delivery');
    // What waits goes first.
    const isSent = !how.signal?.aborted && this.#flush() && this.#handOver(encoded, how);
    if (how.signal?.aborted) this.#giveUp(encoded, 'aborted', how);
    else if (!isSent) (this.#outbox ??= this.#createOutbox()).enqueue(encoded, how);
    if (isSent) this.#follow();
    else this.#drain();
    return isSent ? 'sent' : 'queued';
  }

  async drained(): Promise<void> {
    if (this.#isFull || this.#closed) await this.#wait('drain');
  }

  async ping(): Promise<number> {
    const canAsk = this.#canAsk;
    if (!canAsk || this.state.name !== 'open') throw new HoldfastError(canAsk ? 'connection-lost' : 'ping-unsupported');
    const latency = this.#wait('latency', {}, 'disconnected');
    this.#heartbeat?.ask();
    return (await latency).rttMs;
  }

  reconnect(): void {
    this.#step('dial');
  }

  wake(): void {
    const { intervalMs, wakeTimeoutMs } = this.#options.heartbeat;
    if (this.state.name !== 'open') this.#step('dial');
    else if (intervalMs) this.#heartbeat?.ask(wakeTimeoutMs);
  }

  rest(): void {
    this.#step('ended', lost('at-rest'));
  }

  close(code = 1000, reason = ''): Promise<ClosedEvent> {
    checkAppClose(code, reason);
    const done = this.#wait('closed');
    this.#step('close', { code, reason, isWaiting: !!this.#outbox && !this.#outbox.flush(() => false) });
    return done;
  }

  [Symbol.asyncIterator](): AsyncGenerator<In, undefined> {
    const messages = iterateMessages(this.#events, this.#closed, this.#options.maxUnreadBytes);
    return this.#platform.iterate?.(this, messages) ?? messages;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #canAsk(): boolean {
    return Boolean(this.#platform.canPing || this.delivery || this.#options.heartbeat.probe);
  }

  /** The link that `delivery` makes of others, and its outbox. */
  #attach(delivery: Layer, connector: Connector): Connector {
    const layer = delivery.attach({
      connector,
      outbox: this.#createOutbox(),
      platform: this.#platform,
      giveUp: (...given) => this.#giveUp(...given),
      emit: (event) => this.#events.emit(event as ClientEvent<In, Out>),
      guard: (...call) => this.#events.guard(...call),
    });
    this.#outbox = layer.outbox;
    return layer.connector;
  }

  #createOutbox(): Outbox<Outgoing> {
    return new Outbox(this.#options.outbox, this.#platform, (...given) => this.#giveUp(...given));
  }

  #encode(message: Out): Outgoing {
    const { codec } = this.#options;
    return codec ? encodeBy(codec, message) : (message as Outgoing);
  }

  #giveUp(encoded: Outgoing, cause: DropCause, how: SentOptions<Out>): void {
    if (how.receipt) this.#events.guard('receipt', how.receipt, cause);
    this.#events.emit({ type: 'dropped', message: ('message' in how ? how.message : encoded) as Out, cause });
  }

  /** `false` where no link takes it now: what a slow peer has not read waits in the outbox, which is bounded. */
  #handOver(message: Outgoing, how: object): boolean {
    const link = this.#link;
    if (link.readyState !== 1 || link.bufferedAmount > this.#options.highWaterMark) return false;
    this.#bytes -= link.bufferedAmount;
    link.send(message, how);
    this.#bytes += link.bufferedAmount;
    this.#messages++;
    return true;
  }

  /** Hands over what waits; answers whether that was all. */
  #flush(): boolean {
    return !this.#outbox || this.#outbox.flush((message, how) => this.#handOver(message, how));
  }

  #use(link: Link): void {
    this.#link = link;
    this.protocol = link.protocol;
    this.extensions = link.extensions;
  }

  /** Follows `bufferedBytes` over the mark and back. */
  #follow(): void {
    const wasFull = this.#isFull;
    this.#isFull = !this.#closed && this.bufferedBytes >= this.#options.highWaterMark;
    // In ms, for a transport that does not tell that its buffer went down.
    if (this.#isFull) this.#poll.set(20, () => this.#drain());
    else if (wasFull) this.#events.emit({ type: 'drain' });
  }

  /** Hands over what waits as the transport takes it. */
  #drain(): void {
    const { state } = this;
    if (this.#flush() && state.name === 'closing' && this.#link.readyState === 1)
      this.#link.close(state.code, state.reason);
    this.#follow();
  }

  /** The next event of a type; rejects on the other type, and when the signal is aborted. */
  #wait<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    options?: ListenOptions,
    failType: 'closed' | 'disconnected' = 'closed',
  ): Promise<ClientEventMap<In, Out>[K]> {
    return new Promise((resolve, reject) => {
      const settle = (event: ClientEvent<In, Out>) =>
        event.type === type
          ? resolve(event as ClientEventMap<In, Out>[K])
          : reject(lost('client-closed', '', (event as ClosedEvent).error).error);
      if (this.#closed) settle(this.#closed);
      else this.#events.on<keyof ClientEventMap>(type, settle, { ...options, once: true }, failType, reject);
    });
  }

  /** Whether the app wants another dial. */
  #isWanted(cause: DialCause): unknown {
    const { reconnect, protocols } = this.#options;
    const canRefresh =
      this.#platform.canRefresh || typeof this.#source === 'function' || typeof protocols === 'function';
    this.#refusals = /40[13]/.test(`${cause.error?.status}`) ? this.#refusals + 1 : 0;
    return reconnect.shouldReconnect?.({ ...cause, refusals: this.#refusals, canRefresh });
  }

  #step(...input: SessionInput): void {
    const platform = this.#platform;
    // Where the app's word fails, there is no going on.
    const next = advance(this.state, input, this.#options, platform.random(), platform.now(), this.#events, (cause) =>
      this.#isWanted(cause),
    );
    if (!next) return;
    const before = this.state.name;
    const [entered, timerMs, outcome] = next;
    const { name } = entered;
    this.state = entered;
    this.#timer.set(timerMs, () => {
      if (name !== 'waiting' || !platform.isOffline?.()) this.#step('timeout');
    });
    if (name !== before) this.#enter(entered, outcome);
  }

  #enter(entered: ClientState, outcome: CloseOutcome | undefined): void {
    const { name, ...data } = entered;
    if (name === 'open' && this.#canAsk) {
      this.#heartbeat ??= new Heartbeat(
        this.#platform,
        this.#options.heartbeat,
        this as unknown as AnyClient,
        Session.#acts,
      );
    }
    this.#heartbeat?.beat(name === 'open');
    // What waits goes first, to a link that is being dialed too.
    if (name === 'closing') return this.#drain();
    const event = { type: name, ...data } as ClientEvent<In, Out>;
    if (name !== 'open') {
      const uncertain = this.#link.uncertain ?? { messages: this.#messages, bytes: this.#bytes };
      this.#abandon();
      this.#use(noLink);
      // Before anything is told: a listener may end the dial again.
      if (name === 'connecting') void this.#dial(entered.attempt);
      this.#messages = this.#bytes = 0;
      if (outcome) this.#events.emit({ type: 'disconnected', ...outcome, willReconnect: name !== 'closed', uncertain });
    }
    if (name === 'closed') {
      this.#poll.set();
      this.#outbox?.clear('closed');
      this.#closed = event as ClosedEvent;
    } else this.#drain();
    if (name !== 'connecting') this.#events.emit(event);
  }

  /** Lets go of the current dial, or of its link. */
  #abandon(): void {
    const dial = this.#dialed;
    if (!dial) return;
    dial.isOver = true;
    dial.drop?.();
  }

  async #dial(attempt: number): Promise<void> {
    const dial: Dial = new Session.#Dial(this as unknown as AnyClient);
    this.#dialed = dial;
    try {
      // Not at once: who calls has yet to listen.
      await Promise.resolve();
      const url = resolveUrl(await ask(this.#source), this.#baseUrl);
      const offered = checkProtocols(await ask(this.#options.protocols));
      if (dial.isOver) return;
      this.#step('asked', url);
      this.url = url;
      this.#events.emit({ type: 'connecting', attempt, url });
      if (!dial.isOver) dial.drop = this.#connector(url, offered, dial);
    } catch (cause) {
      if (dial.isOver) return;
      // What the app gave wrongly, the next dial would be given again.
      if (cause instanceof HoldfastError) this.#step('failed', abnormal(cause));
      else this.#step('ended', lost('dial-failed', '', cause));
    }
  }

  #opened(link: Link): void {
    this.#use(link);
    this.#step('opened', { url: this.url, protocol: link.protocol, resumed: Boolean(link.resumed) });
    // A client that is closing has waited for this.
    this.#drain();
  }

  #receive(data: Message): void {
    const { codec, heartbeat } = this.#options;
    this.#heartbeat?.heard();
    const event: { type: 'message'; data: In } = { type: 'message', data: data as In };
    try {
      if (codec) {
        event.data = codec.decode(data);
        wireLengths.set(event, data.length);
      }
    } catch (cause) {
      const error = codecError('decode-failed', cause);
      this.#events.emit({ type: 'error', error });
      // A page may close with nothing that stands below 3000.
      if (error.closeCode) void this.close(4007, error.code);
      return;
    }
    const { probe } = heartbeat;
    if (probe && this.#events.guard('probe', () => probe.isReply(event.data))) this.#heartbeat?.answered();
    else this.#events.emit(event);
  }

  #ended(outcome: CloseOutcome): void {
    const { state } = this;
    // Dialed only for what waits, there is no link that could have been cut.
    if (state.name !== 'closing' || this.#link !== noLink) this.#step('ended', outcome);
    else this.#step('ended', { code: state.code, reason: state.reason, wasClean: true });
  }

  static readonly #Dial = class implements Dial {
    isOver = false;
    drop: (() => void) | undefined;
    readonly #client: AnyClient;

    constructor(client: AnyClient) {
      this.#client = client;
    }

    onOpen(link: Link): void {
      if (!this.isOver) this.#client.#opened(link);
    }

    onMessage(data: Message): void {
      if (!this.isOver) this.#client.#receive(data);
    }

    onHeard(): void {
      if (!this.isOver) this.#client.#heartbeat?.heard();
    }

    onPong(): void {
      if (!this.isOver) this.#client.#heartbeat?.answered();
    }

    onDrain(): void {
      if (!this.isOver) this.#client.#drain();
    }

    onEnd(outcome: CloseOutcome): void {
      if (!this.isOver) this.#client.#ended(outcome);
    }
  };

  static readonly #acts: HeartbeatActs<AnyClient> = {
    ask(client) {
      const { probe } = client.#options.heartbeat;
      client.#messagesAsked = client.#messages;
      client.#bytesAsked = client.#bytes;
      if (probe) client.#events.guard('probe', () => client.#link.send(client.#encode(ask(probe.message))));
      else client.#link.ping?.();
    },
    onLatency(client, rttMs) {
      client.#messages -= client.#messagesAsked;
      client.#bytes -= client.#bytesAsked;
      client.latencyMs = rttMs;
      client.#events.emit({ type: 'latency', rttMs });
    },
    onSilence(client, limitMs) {
      // Who does not read hears nothing either.
      if (client.#platform.isPaused?.()) client.#heartbeat?.beat(true);
      else client.#step('ended', lost('heartbeat-timeout', `${limitMs} ms`));
    },
  };
}

function ask<T>(source: T | (() => T | Promise<T>)): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}
