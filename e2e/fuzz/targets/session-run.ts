import {
  abnormal,
  type ClientEvent,
  type ClientState,
  type CloseOutcome,
  type createClient,
  HoldfastError,
  lost,
  type Outgoing,
  resolveOptions,
  type SendOptions,
  type SessionClient,
  type UrlSource,
} from '@holdfast/core/adapter';
import { FakeClock } from '@holdfast/core/testing';
import type { Script } from '../engine/script.ts';
import { attempt, checkKind, hold, holdSame } from '../engine/target.ts';
import { FakeSignal } from './fake-signal.ts';
import { type FakeDial, FakeLine, FakeLink } from './session-line.ts';
import { numbered, SessionModel } from './session-model.ts';
import { chooseOptions, probeReply } from './session-options.ts';

/** What makes a client: the real one, or one with a fault planted. */
export type CreateClient = typeof createClient<string | Uint8Array, Outgoing>;

const eventTypes = [
  'connecting',
  'open',
  'message',
  'latency',
  'drain',
  'disconnected',
  'waiting',
  'dropped',
  'error',
  'closed',
] as const;

const outcomes: readonly CloseOutcome[] = [
  lost('connection-lost'),
  { code: 1000, reason: '', wasClean: true },
  { code: 1001, reason: 'restart', wasClean: true },
  { code: 1008, reason: 'policy', wasClean: true },
  { code: 1012, reason: 'restart', wasClean: true },
  { code: 4000, reason: '', wasClean: true },
  abnormal(new HoldfastError('http-status', '401', { status: 401 })),
  abnormal(new HoldfastError('http-status', '503', { status: 503, retryAfterMs: 2_000 })),
  abnormal(),
];

/** All that a connector can tell; rarely what a dial has no need to tell more than once. */
const lateCalls: readonly ((dial: FakeDial, link: FakeLink) => void)[] = [
  ...Array.from({ length: 8 }, () => [
    ({ handler }: FakeDial, link: FakeLink) => handler.onOpen(link),
    ({ handler }: FakeDial) => handler.onMessage('late'),
    ({ handler }: FakeDial) => handler.onEnd(abnormal()),
  ]).flat(),
  ({ handler }) => handler.onHeard(),
  ({ handler }) => handler.onPong(),
  ({ handler }) => handler.onDrain(),
];

/** A client on a scripted line and a fake clock, and the model that watches it. */
export class SessionRun {
  readonly clock = new FakeClock();
  readonly line: FakeLine;
  readonly model: SessionModel;
  readonly client: SessionClient<string | Uint8Array, Outgoing>;
  readonly #script: Script;
  readonly #canPing: boolean;
  readonly #signal = new FakeSignal();
  readonly #otherSignals: FakeSignal[] = [];
  /** Messages that came on a link that counts, in order; those that answer a probe are not told. */
  readonly #arrived: unknown[] = [];
  /** Promises of the client that have not settled. */
  #pending = 0;
  #isPaused = false;
  #isOffline = false;
  #isStubborn = false;
  #urlMode: 'right' | 'throws' | 'wrong' | 'rejects' | 'never' = 'right';
  /** The send that is under way, and how deep listeners act within listeners. */
  #sending: number | undefined;
  #depth = 0;
  /** A state that began or lasted offline may last. */
  #offlineState: unknown;
  /** Since when messages wait though the link would take them. */
  #stuckSinceMs: number | undefined;
  #since: { readonly state: unknown; readonly atMs: number } = { state: undefined, atMs: 0 };
  #heardAtMs = 0;

  constructor(script: Script, create: CreateClient) {
    this.#script = script;
    const shouldReconnect = () => {
      if (this.#isStubborn) throw new RangeError('shouldReconnect of the script');
      return script.byte() % 8 !== 7;
    };
    const chosen = { ...chooseOptions(script), signal: this.#signal };
    const reconnect =
      chosen.reconnect && script.byte() % 2 === 1 ? { ...chosen.reconnect, shouldReconnect } : chosen.reconnect;
    const options = resolveOptions<string | Uint8Array, Outgoing>({
      ...chosen,
      ...(reconnect !== undefined && { reconnect }),
    });
    this.#canPing = script.byte() % 4 !== 0;
    this.model = new SessionModel(options as never, this.clock.now, () => this.client.state.name);
    this.line = new FakeLine(this.model);
    this.client = create(
      script.byte() % 2 === 0 ? 'ws://test.example/' : this.#urlSource,
      options,
      this.line.connector,
      {
        now: this.clock.now,
        after: this.clock.after,
        random: () => script.byte() / 256,
        canPing: this.#canPing,
        isPaused: () => this.#isPaused,
        isOffline: () => this.#isOffline,
      },
    );
    for (const type of eventTypes) this.client.on(type, (event) => this.#hear(event));
    this.#options = options;
  }

  readonly #options: ReturnType<typeof resolveOptions<string | Uint8Array, Outgoing>>;
  /** One step of the script. */
  async act(): Promise<void> {
    const op = this.#script.byte();
    if (op >= 208) await this.#passTime(op);
    else if (op >= 104) this.#lineActs(op);
    else this.#appActs(op);
    await this.clock.settle();
    this.#checkRest();
  }

  /** Closes, answers or not, and sees that all is over and stays so. */
  async end(): Promise<void> {
    this.#close(1000, 'end');
    await this.clock.settle();
    this.#checkRest();
    if (this.#script.byte() % 2 === 0) this.line.current?.end({ code: 1000, reason: '', wasClean: true });
    await this.clock.advance(this.#options.closeTimeoutMs + 1);
    this.#checkRest();
    holdSame(this.client.state.name, 'closed', 'state after close and its limit');
    holdSame(this.model.isClosed, true, 'closed was told');
    await this.#actAfterEnd();
    holdSame(this.#pending, 0, 'promises that did not settle');
    for (const signal of [this.#signal, ...this.#otherSignals]) holdSame(signal.listeners, 0, 'listeners of a signal');
  }

  async #actAfterEnd(): Promise<void> {
    const refusal = attempt(() => this.client.send('late'));
    holdSame(refusal instanceof HoldfastError ? refusal.code : refusal, 'client-closed', 'sending after closed');
    for (let acts = 0; acts < 3; acts++) this.#appActs(this.#script.byte());
    for (const dial of this.line.dials) this.#tellLate(dial);
    await this.clock.settle();
    this.#checkRest();
    await this.clock.advance(1e9);
    this.#checkRest();
  }

  readonly #urlSource: UrlSource = () => {
    const url = 'ws://test.example/from-a-function';
    switch (this.#urlMode) {
      case 'right':
        return this.#script.byte() % 2 === 0 ? url : Promise.resolve(url);
      case 'throws':
        throw new RangeError('the URL function of the script');
      case 'wrong':
        return 'no url';
      case 'rejects':
        return Promise.reject(new RangeError('the URL promise of the script'));
      case 'never':
        return new Promise(() => {});
    }
  };

  /** A breach within a listener would be the client's `listener-threw`. */
  #hear(event: ClientEvent): void {
    try {
      this.model.onEvent(event);
      if (event.type === 'open') this.#heardAtMs = this.clock.now();
    } catch (error) {
      this.model.onBreach(error);
    }
  }

  async #passTime(op: number): Promise<void> {
    const byMs = this.#script.pick([0, 1, 10, 99, 100, 101, 250, 300, 500, 1000, 1300, 5000, 20_000]);
    if (op >= 248) {
      await this.clock.jump(byMs);
      // Who slept could not hear.
      this.#heardAtMs = this.clock.now();
    } else await this.clock.advance(byMs);
  }

  #lineActs(op: number): void {
    const dial = this.line.current;
    const kind = op % 13;
    if (kind === 12) return this.#tellLate(this.line.dials[this.#script.byte() % (this.line.dials.length || 1)]);
    if (kind === 11) return void (this.line.isBroken = this.#script.byte() % 4 === 3);
    if (!dial) return undefined;
    if (dial.state === 'dialing')
      return kind === 0 ? dial.end(this.#script.pick(outcomes)) : dial.open(this.#newLink());
    this.#linkActs(kind, dial, dial.link as FakeLink);
  }

  #linkActs(kind: number, dial: FakeDial, link: FakeLink): void {
    if (kind > 1 && kind < 8) this.#heardAtMs = this.clock.now();
    switch (kind) {
      case 0:
        return dial.end(this.#script.pick(outcomes));
      case 1:
        return void (link.readyState = 2);
      case 2:
      case 3: {
        const message = this.#script.pick<string | Uint8Array>(['a', '', Uint8Array.of(1, 2), probeReply]);
        if (message !== probeReply || !this.#options.heartbeat.probe) this.#arrived.push(message);
        return dial.handler.onMessage(message);
      }
      case 4:
        return dial.handler.onHeard();
      case 5:
      case 6:
        return dial.handler.onPong();
      case 7:
      default:
        link.bufferedAmount -= Math.min(link.bufferedAmount, this.#script.byte());
        return kind % 2 === 0 ? dial.handler.onDrain() : undefined;
    }
  }

  /** What a connector tells of a dial that was dropped counts no more. */
  #tellLate(dial: FakeDial | undefined): void {
    if (dial?.state !== 'dropped') return;
    const before = this.model.eventCount;
    lateCalls[this.#script.byte() % lateCalls.length]?.(dial, this.#newLink());
    holdSame(this.model.eventCount, before, 'events by a dial that was dropped');
  }

  #newLink(): FakeLink {
    return new FakeLink('', this.model, this.#canPing);
  }

  #appActs(op: number): void {
    const { client } = this;
    switch (op % 16) {
      case 0:
      case 1:
      case 2:
        return this.#send(this.#script.byte());
      case 3:
        return this.#refused(
          () => client.send(this.#script.pick(['\ud800', 42, null, {}]) as string),
          ['invalid-message', 'lone-surrogate'],
        );
      case 4:
        return this.#script.byte() % 8 === 0
          ? this.#close(this.#script.pick([1000, 3000, 4999]), 'by the script')
          : undefined;
      case 5:
        return this.#refused(
          () => void client.close(this.#script.pick([1001, 0, 2999, 5000, Number.NaN, 1000]), 'x'.repeat(124)),
          ['invalid-close-code', 'invalid-close-reason'],
        );
      case 6:
        this.model.nudge();
        return client.reconnect();
      case 7:
        this.model.nudge();
        return client.wake();
      case 8:
        return this.#follow(client.ping());
      case 9:
        return this.#follow(client.drained());
      case 10:
        return this.#follow(client.once(this.#script.pick(eventTypes), this.#withSignal()));
      case 11:
        return this.#listen();
      case 12:
        return this.#iterate();
      case 13:
        return this.#changeMode();
      case 14:
        return this.#script.byte() % 4 === 0 ? client.rest() : undefined;
      default:
        if (this.#script.byte() % 16 === 0) {
          this.model.end();
          this.#signal.abort();
        }
        return this.#script.pick(this.#otherSignals.length > 0 ? this.#otherSignals : [new FakeSignal()]).abort();
    }
  }

  #send(choice: number): void {
    const options = choice < 128 ? {} : this.#sendOptions();
    const [id, message] = this.model.begin(
      (number) => numbered(number, (choice & 1) === 0, choice % 40),
      this.#sending,
      options,
    );
    const outer = this.#sending;
    this.#sending = id;
    const answer = attempt(() => this.client.send(message, options));
    this.#sending = outer;
    if (!(answer instanceof HoldfastError)) return this.model.accept(id, answer);
    hold(['queue-full', 'client-closed'].includes(answer.code), () => `send threw ${answer.code}`);
    this.model.labels.add(`send: ${answer.code}`);
    this.model.refuse(id);
  }

  #sendOptions(): SendOptions {
    const ttlMs = this.#script.pick([undefined, 0, 50, 1000, 1e9]);
    const key = this.#script.pick([undefined, 'one', 'two']);
    return { ...(ttlMs !== undefined && { ttlMs }), key, ...this.#withSignal() };
  }

  #refused(call: () => unknown, codes: readonly string[]): void {
    const error = attempt(call);
    hold(error instanceof HoldfastError && codes.includes(error.code), () => `misuse came to ${String(error)}`);
    this.model.labels.add(error.code);
  }

  #close(code: number, reason: string): void {
    this.model.end();
    this.#follow(this.client.close(code, reason));
  }

  /** Every promise settles, and rejects with a HoldfastError or the reason of an abort. */
  #follow(promise: Promise<unknown>): void {
    this.#pending++;
    promise
      .catch((error: unknown) => {
        if (!(error instanceof RangeError)) checkKind(error);
        this.model.labels.add(`rejected: ${(error as { code?: string }).code ?? 'aborted'}`);
      })
      .then(
        () => this.#pending--,
        (breach: unknown) => {
          this.model.onBreach(breach);
        },
      );
  }

  #withSignal(): { readonly signal?: FakeSignal } {
    if (this.#script.byte() % 2 === 0) return {};
    const signal = new FakeSignal();
    this.#otherSignals.push(signal);
    return { signal };
  }

  /** A listener that throws, rejects, or does something itself. */
  #listen(): void {
    const kind = this.#script.byte() % 6;
    this.client.on(
      this.#script.pick(eventTypes),
      () => {
        if (kind === 0) throw new RangeError('a listener of the script');
        if (kind === 1) return Promise.reject(new RangeError('a promise of a listener'));
        // Within limits: two that wake each other would never end, whatever the client does.
        if (this.#depth >= 3 || this.#script.isOver) return undefined;
        this.#depth++;
        try {
          this.#appActs(this.#script.byte());
        } catch (error) {
          this.model.onBreach(error);
        }
        this.#depth--;
        return undefined;
      },
      { once: kind === 2, ...this.#withSignal() },
    );
  }

  #iterate(): void {
    const steps = this.#script.byte() % 4;
    const messages = this.client[Symbol.asyncIterator]();
    const read = async () => {
      for (let step = 0; step < steps; step++) if ((await messages.next()).done) return;
      await messages.return(undefined);
    };
    this.#follow(read());
  }

  #changeMode(): void {
    const choice = this.#script.byte();
    if (choice % 4 === 0) this.#isPaused = !this.#isPaused;
    if (choice % 4 === 3) this.#isOffline = !this.#isOffline;
    if (choice % 4 === 1) this.#isStubborn = choice % 8 === 1;
    if (choice % 4 === 2) this.#urlMode = this.#script.pick(['right', 'right', 'throws', 'wrong', 'rejects', 'never']);
  }

  #checkRest(): void {
    // oxlint-disable-next-line only-throw-error
    if (this.model.breach) throw this.model.breach;
    const { client, model } = this;
    const link = this.line.current?.link;
    model.checkRest(
      client.state,
      client.bufferedBytes,
      client.state.name === 'closed' ? 0 : (link?.bufferedAmount ?? 0),
    );
    holdSame(model.told.length, this.#arrived.length, 'messages that were told');
    hold(
      model.told.every((data, index) => data === this.#arrived[index]),
      'messages were told in another order',
    );
    if (model.isClosed) holdSame(this.clock.pendingTimers, 0, 'timers after closed');
    this.#checkLimits();
    this.#checkFlow(link);
  }

  /** What waits goes as soon as the link takes it: at once where it tells, else within the time of a look. */
  #checkFlow(link: FakeLink | undefined): void {
    const takes = link?.readyState === 1 && link.bufferedAmount <= this.#options.highWaterMark;
    if (!takes || this.model.waiting.length === 0) this.#stuckSinceMs = undefined;
    else this.#stuckSinceMs ??= this.clock.now();
    const stuckMs = this.clock.now() - (this.#stuckSinceMs ?? this.clock.now());
    hold(stuckMs <= 20, () => `messages wait ${stuckMs} ms for a link that takes them`);
  }

  /** No state lasts longer than its limit, and a line that is silent is found. */
  #checkLimits(): void {
    const { state } = this.client;
    const nowMs = this.clock.now();
    if (this.#since.state !== state) this.#since = { state, atMs: nowMs };
    const lastedMs = nowMs - this.#since.atMs;
    if (this.#isOffline) this.#offlineState = state;
    const limitMs = this.#limitOf(state);
    hold(lastedMs <= limitMs, () => `${state.name} lasts ${lastedMs} ms, over ${limitMs}`);
    const { intervalMs, timeoutMs = 0, wakeTimeoutMs = 0, probe } = this.#options.heartbeat;
    const canAsk = intervalMs !== undefined && (this.#canPing || probe !== undefined);
    if (state.name !== 'open' || !canAsk || this.#isPaused) this.#heardAtMs = nowMs;
    const silentMs = nowMs - this.#heardAtMs;
    const mayMs = (intervalMs ?? 0) + timeoutMs + Math.max(timeoutMs, wakeTimeoutMs);
    hold(silentMs <= mayMs, () => `silence of ${silentMs} ms is not found`);
  }

  #limitOf(state: ClientState): number {
    const { urlTimeoutMs, connectTimeoutMs, closeTimeoutMs } = this.#options;
    switch (state.name) {
      case 'connecting':
        return state.url === undefined ? urlTimeoutMs : connectTimeoutMs;
      case 'closing':
        return closeTimeoutMs;
      case 'waiting':
        return state === this.#offlineState ? Infinity : state.delayMs;
      case 'open':
      case 'closed':
        return Infinity;
    }
  }
}
