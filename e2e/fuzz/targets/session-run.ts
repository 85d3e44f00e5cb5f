import {
  abnormal,
  type ClientEvent,
  type CloseOutcome,
  type createClient,
  HoldfastError,
  lost,
  type Outgoing,
  resolveOptions,
  type SessionClient,
} from '@holdfast/core/adapter';
import { FakeClock } from '@holdfast/core/testing';
import type { Script } from '../engine/script.ts';
import { attempt, hold, holdSame } from '../engine/target.ts';
import { eventTypes, SessionApp } from './session-app.ts';
import { SessionLimits } from './session-limits.ts';
import { type FakeDial, FakeLine, FakeLink } from './session-line.ts';
import { SessionModel } from './session-model.ts';
import { chooseOptions, probeReply } from './session-options.ts';

/** What makes a client: the real one, or one with a fault planted. */
export type CreateClient = typeof createClient<string | Uint8Array, Outgoing>;

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
  readonly #app: SessionApp;
  readonly #limits: SessionLimits;
  readonly #options: ReturnType<typeof resolveOptions<string | Uint8Array, Outgoing>>;
  /** Messages that came on a link that counts, in order; those that answer a probe are not told. */
  readonly #arrived: unknown[] = [];

  constructor(script: Script, create: CreateClient) {
    this.#script = script;
    const app = new SessionApp(script, this);
    this.#app = app;
    const shouldReconnect = () => {
      if (app.isStubborn) throw new RangeError('shouldReconnect of the script');
      return script.byte() % 8 !== 7;
    };
    const chosen = { ...chooseOptions(script), signal: app.signal };
    const reconnect =
      chosen.reconnect && script.byte() % 2 === 1 ? { ...chosen.reconnect, shouldReconnect } : chosen.reconnect;
    const options = resolveOptions<string | Uint8Array, Outgoing>({
      ...chosen,
      ...(reconnect !== undefined && { reconnect }),
    });
    this.#canPing = script.byte() % 4 !== 0;
    this.model = new SessionModel(options as never, this.clock.now, () => this.client.state.name);
    this.line = new FakeLine(this.model);
    this.client = create(script.byte() % 2 === 0 ? 'ws://test.example/' : app.urlSource, options, this.line.connector, {
      now: this.clock.now,
      after: this.clock.after,
      random: () => script.byte() / 256,
      canPing: this.#canPing,
      isPaused: () => app.isPaused,
      isOffline: () => app.isOffline,
    });
    for (const type of eventTypes) this.client.on(type, (event) => this.#hear(event));
    this.#options = options;
    const { client, model } = this;
    this.#limits = new SessionLimits(options, this.#canPing, { client, model, app, now: this.clock.now });
  }

  /** One step of the script. */
  async act(): Promise<void> {
    const op = this.#script.byte();
    if (op >= 208) await this.#passTime(op);
    else if (op >= 104) this.#lineActs(op);
    else this.#app.act(op);
    await this.clock.settle();
    this.#checkRest();
  }

  /** Closes, answers or not, and sees that all is over and stays so. */
  async end(): Promise<void> {
    this.#app.close(1000, 'end');
    await this.clock.settle();
    this.#checkRest();
    if (this.#script.byte() % 2 === 0) this.line.current?.end({ code: 1000, reason: '', wasClean: true });
    await this.clock.advance(this.#options.closeTimeoutMs + 1);
    this.#checkRest();
    holdSame(this.client.state.name, 'closed', 'state after close and its limit');
    holdSame(this.model.isClosed, true, 'closed was told');
    await this.#actAfterEnd();
    this.#app.checkEnd();
  }

  async #actAfterEnd(): Promise<void> {
    const refusal = attempt(() => this.client.send('late'));
    holdSame(refusal instanceof HoldfastError ? refusal.code : refusal, 'client-closed', 'sending after closed');
    for (let acts = 0; acts < 3; acts++) this.#app.act(this.#script.byte());
    for (const dial of this.line.dials) this.#tellLate(dial);
    await this.clock.settle();
    this.#checkRest();
    await this.clock.advance(1e9);
    this.#checkRest();
  }

  /** A breach within a listener would be the client's `listener-threw`. */
  #hear(event: ClientEvent): void {
    try {
      this.model.onEvent(event);
      if (event.type === 'open') this.#limits.heard();
    } catch (error) {
      this.model.onBreach(error);
    }
  }

  async #passTime(op: number): Promise<void> {
    const byMs = this.#script.pick([0, 1, 10, 99, 100, 101, 250, 300, 500, 1000, 1300, 5000, 20_000]);
    if (op >= 248) {
      await this.clock.jump(byMs);
      // Who slept could not hear.
      this.#limits.heard();
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
    if (kind > 1 && kind < 8) this.#limits.heard();
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
    this.#limits.checkStates();
    this.#limits.checkFlow(link);
  }
}
