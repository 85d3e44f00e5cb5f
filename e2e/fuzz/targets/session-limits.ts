import type { ClientState, Outgoing, ResolvedOptions, SessionClient } from '@holdfast/core/adapter';
import { hold } from '../engine/target.ts';
import type { SessionApp } from './session-app.ts';
import type { FakeLink } from './session-line.ts';
import type { SessionModel } from './session-model.ts';

/** What the limits are about. */
interface Stage {
  readonly client: SessionClient<string | Uint8Array, Outgoing>;
  readonly model: SessionModel;
  readonly app: SessionApp;
  readonly now: () => number;
}

/** Whether everything happens in its time: looks at a client again and again, each time all is told. */
export class SessionLimits {
  readonly #options: ResolvedOptions<string | Uint8Array, Outgoing>;
  readonly #canAsk: boolean;
  readonly #stage: Stage;
  /** A state that began or lasted offline may last. */
  #offlineState: unknown;
  /** Since when messages wait though the link would take them. */
  #stuckSinceMs: number | undefined;
  #since: { readonly state: unknown; readonly atMs: number } = { state: undefined, atMs: 0 };
  #heardAtMs = 0;

  constructor(options: ResolvedOptions<string | Uint8Array, Outgoing>, canPing: boolean, stage: Stage) {
    const { intervalMs, probe } = options.heartbeat;
    this.#options = options;
    this.#canAsk = intervalMs !== undefined && (canPing || probe !== undefined);
    this.#stage = stage;
  }

  /** The line gave a sign of life, or nobody could have heard one. */
  heard(): void {
    this.#heardAtMs = this.#stage.now();
  }

  /** What waits goes as soon as the link takes it: at once where it tells, else within the time of a look. */
  checkFlow(link: FakeLink | undefined): void {
    const takes = link?.readyState === 1 && link.bufferedAmount <= this.#options.highWaterMark;
    if (!takes || this.#stage.model.waiting.length === 0) this.#stuckSinceMs = undefined;
    else this.#stuckSinceMs ??= this.#stage.now();
    const stuckMs = this.#stage.now() - (this.#stuckSinceMs ?? this.#stage.now());
    hold(stuckMs <= 20, () => `messages wait ${stuckMs} ms for a link that takes them`);
  }

  /** No state lasts longer than its limit, and a line that is silent is found. */
  checkStates(): void {
    const { client, app, now } = this.#stage;
    const { state } = client;
    const nowMs = now();
    if (this.#since.state !== state) this.#since = { state, atMs: nowMs };
    const lastedMs = nowMs - this.#since.atMs;
    if (app.isOffline) this.#offlineState = state;
    const limitMs = this.#limitOf(state);
    hold(lastedMs <= limitMs, () => `${state.name} lasts ${lastedMs} ms, over ${limitMs}`);
    const { intervalMs, timeoutMs = 0, wakeTimeoutMs = 0 } = this.#options.heartbeat;
    if (state.name !== 'open' || !this.#canAsk || app.isPaused) this.#heardAtMs = nowMs;
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
