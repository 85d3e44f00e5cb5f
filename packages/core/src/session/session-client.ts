import { type CloseOutcome, checkAppClose, CloseCode } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent } from '../events/client-event.ts';
import { Emitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { type Answers, firstEvent } from './first-event.ts';
import { Heartbeat } from './heartbeat.ts';
import { InFlight } from './in-flight.ts';
import { iterateMessages } from './iterate-messages.ts';
import type { Connector, Link, LinkHandler } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { advance, begin, type ClientState, type SessionAction, type SessionInput, type SessionStep } from './session.ts';

/** What a platform brings to a client. */
export interface Platform {
  readonly clock: Clock;
  /** A number in [0, 1), for the spread of delays. */
  readonly random: () => number;
  readonly connector: Connector;
  /** Whether its links can ping. */
  readonly canPing: boolean;
  /** What relative URLs go by. */
  readonly baseUrl?: string | undefined;
}

/** Where to dial: a URL, or a function that is asked at each dial. */
export type UrlSource = MaybeAsync<string | { readonly href: string }>;

/** The client over any platform: it carries out what `advance` decides, and passes messages by the short way. */
export class SessionClient<In = Message, Out extends Outgoing = Outgoing> implements Client<In, Out> {
  readonly #source: UrlSource;
  readonly #options: ResolvedOptions<In, Out>;
  readonly #platform: Platform;
  readonly #emitter: Emitter<ClientEvent<In, Out>> = new Emitter((thrown, event) => this.#onThrow(thrown, event));
  readonly #outbox: Outbox<Out>;
  readonly #heartbeat: Heartbeat;
  readonly #inFlight = new InFlight();
  readonly #actions: SessionAction[] = [];
  #isPerforming = false;
  /** The last event, once it was told. */
  #closed: ClosedEvent | undefined;
  #state: ClientState = { name: 'connecting', attempt: 1 };
  #cancelTimer: (() => void) | undefined;
  /** Goes up when a dial or its link is let go: what still comes from it is not ours any more. */
  #dialNumber = 0;
  #abandon: (() => void) | undefined;
  #link: Link | undefined;
  #url = '';
  #latencyMs: number | undefined;
  #pauses = 0;
  /** `bufferedBytes` has been at the mark, and `drain` is due. */
  #isFull = false;

  /** Throws `invalid-url` at once where the URL is known. The first dial begins after the caller's turn. */
  constructor(source: UrlSource, options: ResolvedOptions<In, Out>, platform: Platform) {
    if (typeof source !== 'function') resolveUrl(source, platform.baseUrl);
    const { heartbeat, outbox, signal } = options;
    this.#source = source;
    this.#options = options;
    this.#platform = platform;
    this.#outbox = new Outbox(outbox);
    this.#heartbeat = new Heartbeat(platform.clock, heartbeat, heartbeat.isPeriodic && this.#canAsk, {
      ask: () => this.#ask(),
      onLatency: (rttMs) => this.#onLatency(rttMs),
      onSilence: (error) => this.#advance({ type: 'ended', outcome: abnormal(error) }),
    });
    signal?.addEventListener('abort', this.#onAbort);
    this.#enter(begin(options));
    if (signal?.aborted) Promise.resolve().then(this.#onAbort);
  }

  get url(): string {
    return this.#url;
  }

  get protocol(): string {
    return this.#link?.protocol ?? '';
  }

  get state(): ClientState {
    return this.#state;
  }

  get bufferedBytes(): number {
    return this.#outbox.bytes + (this.#link?.bufferedBytes ?? 0);
  }

  get latencyMs(): number | undefined {
    return this.#latencyMs;
  }

  on<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    listener: (event: ClientEventMap<In, Out>[K]) => unknown,
    options?: ListenOptions,
  ): () => void {
    return this.#emitter.on(type, listener, options);
  }

  once<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    { signal }: Pick<ListenOptions, 'signal'> = {},
  ): Promise<ClientEventMap<In, Out>[K]> {
    const answers = { closed: failClosed, [type]: (event: ClientEventMap<In, Out>[K]) => event };
    return this.#first(answers as unknown as FirstAnswers<In, Out, ClientEventMap<In, Out>[K]>, signal);
  }

  send(message: Out): 'sent' | 'queued' {
    checkOutgoing(message);
    this.#checkNotClosing();
    // What waits goes first.
    if (!this.#outbox.peek() && this.#handOver(message)) return 'sent';
    const dropped = this.#outbox.push(message);
    this.#checkFullness();
    for (const given of dropped) this.#emit({ type: 'dropped', message: given, cause: 'queue-full' });
    return 'queued';
  }

  async drained(): Promise<void> {
    if (this.bufferedBytes < this.#options.highWaterMark) return;
    await this.#first({ drain: () => undefined, closed: failClosed });
  }

  async ping(): Promise<number> {
    if (!this.#canAsk) {
      throw new HoldfastError('ping-unsupported', 'this platform cannot ping: give options.heartbeat.probe');
    }
    if (!this.#link) throw new HoldfastError('connection-lost', 'there is no open link to ping');
    const answered = this.#first({ latency: ({ rttMs }) => rttMs, disconnected: failClosed, closed: failClosed });
    this.#heartbeat.probe();
    return answered;
  }

  reconnect(): void {
    this.#checkNotClosing();
    this.#advance({ type: 'dial' });
  }

  /** The platform came back to life (a page is shown, the network is there): dial now, or ask whether the line lives. */
  wake(): void {
    if (this.#link) this.#heartbeat.probe();
    else this.#advance({ type: 'dial' });
  }

  close(code: number = CloseCode.Normal, reason = ''): Promise<ClosedEvent> {
    checkAppClose(code, reason);
    const closed = this.once('closed');
    this.#advance({ type: 'close', code, reason });
    return closed;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<In> {
    return iterateMessages<In>({
      listen: (onMessage, onEnd) => {
        if (this.#closed) Promise.resolve().then(onEnd);
        const offs = [this.on('message', ({ data }) => onMessage(data)), this.on('closed', onEnd)];
        return () => {
          for (const off of offs) off();
        };
      },
      pause: () => this.#pause(1),
      resume: () => this.#pause(-1),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #canAsk(): boolean {
    return this.#platform.canPing || this.#options.heartbeat.probe !== undefined;
  }

  async #first<T>(answers: FirstAnswers<In, Out, T>, signal?: ListenOptions['signal']): Promise<T> {
    // Who comes after the end is told at once.
    if (this.#closed) return answers.closed(this.#closed);
    return firstEvent<ClientEvent<In, Out>, T>(this.#emitter, answers, signal);
  }

  #advance(input: SessionInput): void {
    const facts = { random: this.#platform.random(), uncertain: this.#inFlight.uncertain };
    let step: SessionStep | undefined;
    try {
      step = advance(this.#state, input, this.#options, facts);
    } catch (cause) {
      const error = new HoldfastError('listener-threw', 'shouldReconnect threw', { cause });
      step = advance(this.#state, { type: 'abort', error }, this.#options, facts);
    }
    if (step) this.#enter(step);
  }

  #enter({ state, timerMs, actions }: SessionStep): void {
    this.#state = state;
    this.#cancelTimer?.();
    this.#cancelTimer =
      timerMs === undefined ? undefined : this.#platform.clock.after(timerMs, () => this.#advance({ type: 'timeout' }));
    this.#actions.push(...actions);
    // A listener may cause further steps: their actions come after those that are under way.
    if (this.#isPerforming) return;
    this.#isPerforming = true;
    for (let action = this.#actions.shift(); action; action = this.#actions.shift()) this.#perform(action);
    this.#isPerforming = false;
  }

  #perform(action: SessionAction): void {
    switch (action.type) {
      case 'dial':
        void this.#dial(action.attempt);
        break;
      case 'drop':
        this.#drop();
        break;
      case 'flush':
        this.#flush();
        break;
      case 'close':
        // What the peer sends until its close frame has to be read.
        this.#link?.resume?.();
        this.#link?.close(action.code, action.reason);
        break;
      case 'discard':
        for (let entry = this.#outbox.take(); entry; entry = this.#outbox.take()) {
          this.#emit({ type: 'dropped', message: entry.message, cause: 'closed' });
        }
        break;
      case 'emit':
        this.#emit(action.event);
        if (action.event.type === 'closed') this.#end(action.event);
        break;
    }
  }

  async #dial(attempt: number): Promise<void> {
    const number = ++this.#dialNumber;
    const isOver = () => number !== this.#dialNumber;
    try {
      const [source, protocols] = await Promise.all([ask(this.#source), ask(this.#options.protocols)]).catch(
        (cause: unknown) => {
          throw new HoldfastError('url-failed', 'the function for url or protocols failed', { cause });
        },
      );
      if (isOver()) return;
      const request = { url: resolveUrl(source, this.#platform.baseUrl), protocols: checkProtocols(protocols) };
      this.#url = request.url;
      this.#emit({ type: 'connecting', attempt, url: request.url });
      if (isOver()) return;
      const abandon = this.#platform.connector(request, this.#handlerFor(isOver));
      if (isOver()) abandon();
      else this.#abandon = abandon;
    } catch (cause) {
      if (isOver()) return;
      const error =
        cause instanceof HoldfastError ? cause : new HoldfastError('dial-failed', 'the dial failed', { cause });
      // What the app gave wrongly, the next dial would be given again.
      const isFinal = error.code === 'invalid-url' || error.code === 'invalid-protocol';
      this.#advance({ type: 'ended', outcome: abnormal(error), isFinal });
    }
  }

  #handlerFor(isOver: () => boolean): LinkHandler {
    return {
      onOpen: (link) => {
        if (isOver()) return;
        this.#link = link;
        if (this.#pauses > 0) link.pause?.();
        this.#advance({ type: 'opened', url: this.#url, protocol: link.protocol });
      },
      onHeard: () => this.#heartbeat.heard(),
      onMessage: (data) => {
        if (!isOver()) this.#deliver(data as In);
      },
      onPong: () => this.#heartbeat.pong(),
      onDrain: () => this.#checkFullness(),
      onEnd: (outcome) => {
        if (!isOver()) this.#advance({ type: 'ended', outcome });
      },
    };
  }

  #drop(): void {
    this.#dialNumber++;
    this.#abandon?.();
    this.#abandon = undefined;
    this.#link = undefined;
    this.#heartbeat.stop();
    this.#inFlight.reset();
    this.#checkFullness();
  }

  #flush(): void {
    if (this.#pauses === 0) this.#heartbeat.start();
    for (let entry = this.#outbox.peek(); entry && this.#handOver(entry.message); entry = this.#outbox.peek()) {
      this.#outbox.take();
    }
    this.#checkFullness();
  }

  /** `false` where no link takes it now. */
  #handOver(message: Out): boolean {
    const bytes = this.#state.name === 'open' ? (this.#link?.send(message) ?? -1) : -1;
    if (bytes < 0) return false;
    this.#inFlight.add(bytes);
    this.#checkFullness();
    return true;
  }

  #deliver(data: In): void {
    if (this.#isProbeReply(data)) this.#heartbeat.pong();
    else this.#emit({ type: 'message', data });
  }

  #isProbeReply(data: In): boolean {
    try {
      return this.#options.heartbeat.probe?.isReply(data) ?? false;
    } catch (thrown) {
      this.#report('heartbeat.probe.isReply', thrown);
      return false;
    }
  }

  #ask(): void {
    const { probe } = this.#options.heartbeat;
    if (probe) {
      try {
        const message = typeof probe.message === 'function' ? probe.message() : probe.message;
        checkOutgoing(message);
        this.#handOver(message);
      } catch (thrown) {
        this.#report('heartbeat.probe.message', thrown);
      }
    } else {
      this.#link?.ping?.();
    }
    this.#inFlight.ask();
  }

  #onLatency(rttMs: number): void {
    this.#latencyMs = rttMs;
    this.#inFlight.prove();
    this.#emit({ type: 'latency', rttMs });
  }

  /** Follows `bufferedBytes` over the mark and back. */
  #checkFullness(): void {
    const isFull = this.bufferedBytes >= this.#options.highWaterMark;
    const isDrained = this.#isFull && !isFull;
    this.#isFull = isFull;
    if (isDrained) this.#emit({ type: 'drain' });
  }

  #pause(change: 1 | -1): void {
    const wasPaused = this.#pauses > 0;
    this.#pauses += change;
    const isPaused = this.#pauses > 0;
    if (!this.#link?.pause || wasPaused === isPaused || this.#state.name !== 'open') return;
    // Who does not read hears no answer either.
    if (isPaused) this.#heartbeat.stop();
    else this.#heartbeat.start();
    if (isPaused) this.#link.pause();
    else this.#link.resume?.();
  }

  #emit(event: ClientEvent<In, Out>): void {
    if (!this.#closed) this.#emitter.emit(event);
  }

  #end(closed: ClosedEvent): void {
    this.#closed = closed;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#emitter.clear();
  }

  readonly #onAbort = (): void => {
    const error = new HoldfastError('aborted', 'the signal was aborted', { cause: this.#options.signal?.reason });
    this.#advance({ type: 'abort', error });
  };

  #onThrow(thrown: unknown, { type }: ClientEvent<In, Out>): void {
    // A listener for errors that fails itself has nobody left to tell.
    if (type !== 'error') this.#report(`a listener for ${type}`, thrown);
  }

  #report(who: string, cause: unknown): void {
    this.#emit({ type: 'error', error: new HoldfastError('listener-threw', `${who} threw`, { cause }) });
  }

  #checkNotClosing(): void {
    const { name } = this.#state;
    if (name === 'closing' || name === 'closed') throw clientClosed(name);
  }
}

type FirstAnswers<In, Out, T> = Answers<ClientEvent<In, Out>, T> & {
  readonly closed: (event: ClosedEvent) => T;
};

function ask<T>(source: MaybeAsync<T>): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}

function failClosed({ error }: CloseOutcome): never {
  throw clientClosed('closed', error);
}

function clientClosed(state: string, cause?: HoldfastError): HoldfastError {
  return new HoldfastError('client-closed', `the client is ${state}`, cause && { cause });
}

function abnormal(error: HoldfastError): CloseOutcome {
  return { code: CloseCode.Abnormal, reason: '', wasClean: false, error };
}
