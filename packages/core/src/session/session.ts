import { CloseCode, type CloseOutcome } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import type { ClosedEvent, DisconnectedEvent, OpenEvent, Uncertain, WaitingEvent } from '../events/client-event.ts';
import { backoffMs } from './backoff.ts';
import type { DisconnectCause } from './retry-policy.ts';

/**
 * The life of a client:
 *
 *     connecting -> open -> closing -> closed
 *         ^  |       |                   ^
 *         |  v       v                   |
 *        waiting <---+     (any) --------+
 *
 * Each state has at most one timer of its own, which ends with it: in `connecting` the limit of the dial, in `open` the
 * time after which the connection counts as stable, in `waiting` the delay, in `closing` the limit of the handshake.
 */
export type ClientState =
  | { readonly name: 'connecting'; readonly attempt: number }
  /** `attempt` is that of the dial that opened it, and 0 once the connection is stable. */
  | { readonly name: 'open'; readonly attempt: number }
  /** `attempt` is that of the dial to come. */
  | { readonly name: 'waiting'; readonly attempt: number; readonly delayMs: number }
  | { readonly name: 'closing'; readonly code: number; readonly reason: string }
  | ({ readonly name: 'closed' } & CloseOutcome);

/** What can happen to a session. */
export type SessionInput =
  | { readonly type: 'opened'; readonly url: string; readonly protocol: string }
  /** The dial failed, or the link ended; `isFinal` where a next dial could not go otherwise. */
  | { readonly type: 'ended'; readonly outcome: CloseOutcome; readonly isFinal?: boolean }
  /** The timer of the current state ran out. */
  | { readonly type: 'timeout' }
  /** Dial now, because the app or the platform asks to. */
  | { readonly type: 'dial' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  | { readonly type: 'abort'; readonly error: HoldfastError };

/** What the client has to do, in this order. */
export type SessionAction =
  | { readonly type: 'dial'; readonly attempt: number }
  /** Let go of the dial or the link, without a word; it may have ended already. */
  | { readonly type: 'drop' }
  /** Hand what waits to the link. */
  | { readonly type: 'flush' }
  /** Begin the closing handshake. */
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  /** Give up all messages that wait. */
  | { readonly type: 'discard' }
  | { readonly type: 'emit'; readonly event: OpenEvent | DisconnectedEvent | WaitingEvent | ClosedEvent };

/** What the session goes by. */
export interface SessionPolicy {
  readonly connectTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly reconnect: false | ReconnectPolicy;
}

/** How to come back. */
export interface ReconnectPolicy {
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxAttempts: number;
  readonly stableAfterMs: number;
  readonly shouldReconnect: (cause: DisconnectCause) => boolean;
}

/** What the pure function cannot know by itself. */
export interface SessionFacts {
  /** In [0, 1). */
  readonly random: number;
  readonly uncertain: Uncertain;
}

/** Where the session is now, what to do, and after how long to give it the input `timeout`. */
export interface SessionStep {
  readonly state: ClientState;
  readonly actions: readonly SessionAction[];
  readonly timerMs?: number | undefined;
}

/** The session's one transition function. `undefined`: this input changes nothing in this state. */
export function advance(
  state: ClientState,
  input: SessionInput,
  policy: SessionPolicy,
  facts: SessionFacts,
): SessionStep | undefined {
  if (state.name === 'closed') return undefined;
  switch (input.type) {
    case 'opened':
      return state.name === 'connecting' ? opened(state.attempt, input.url, input.protocol, policy) : undefined;
    case 'ended':
      return ended(state, input.outcome, input.isFinal ? { ...policy, reconnect: false } : policy, facts);
    case 'timeout':
      return timedOut(state, policy, facts);
    case 'dial':
      return dialNow(state, policy, facts);
    case 'close':
      return close(state, input.code, input.reason, policy);
    case 'abort':
      return giveUp(state, abnormal(input.error), facts);
  }
}

function opened(attempt: number, url: string, protocol: string, { reconnect }: SessionPolicy): SessionStep {
  return {
    state: { name: 'open', attempt },
    timerMs: reconnect ? reconnect.stableAfterMs : undefined,
    actions: [
      { type: 'flush' },
      { type: 'emit', event: { type: 'open', url, protocol, attempt, resumed: false } },
    ],
  };
}

function ended(state: ClientState, outcome: CloseOutcome, policy: SessionPolicy, facts: SessionFacts): SessionStep | undefined {
  if (state.name === 'waiting') return undefined;
  const { reconnect } = policy;
  if (reconnect && (state.name === 'connecting' || state.name === 'open')) {
    const attempt = state.attempt + 1;
    if (attempt <= reconnect.maxAttempts && reconnect.shouldReconnect({ ...outcome, attempt: state.attempt })) {
      const delayMs = backoffMs(state.attempt, facts.random, reconnect);
      return {
        state: { name: 'waiting', attempt, delayMs },
        timerMs: delayMs,
        actions: [
          { type: 'drop' },
          disconnected(outcome, true, facts),
          { type: 'emit', event: { type: 'waiting', attempt, delayMs } },
        ],
      };
    }
  }
  return closed(outcome, disconnected(outcome, false, facts));
}

function timedOut(state: ClientState, policy: SessionPolicy, facts: SessionFacts): SessionStep | undefined {
  switch (state.name) {
    case 'connecting': {
      const error = timeout('connect-timeout', 'no open connection', policy.connectTimeoutMs);
      return ended(state, abnormal(error), policy, facts);
    }
    case 'open':
      return { state: { name: 'open', attempt: 0 }, actions: [] };
    case 'waiting':
      return dial(state.attempt, policy);
    case 'closing': {
      const error = timeout('close-timeout', 'no answer to our close frame', policy.closeTimeoutMs);
      return giveUp(state, abnormal(error), facts);
    }
    case 'closed':
      return undefined;
  }
}

function dialNow(state: ClientState, policy: SessionPolicy, facts: SessionFacts): SessionStep | undefined {
  switch (state.name) {
    case 'open': {
      const outcome = { code: CloseCode.Abnormal, reason: '', wasClean: false };
      const { actions, ...step } = dial(1, policy);
      return { ...step, actions: [{ type: 'drop' }, disconnected(outcome, true, facts), ...actions] };
    }
    case 'waiting':
      return dial(state.attempt, policy);
    case 'connecting':
    case 'closing':
    case 'closed':
      return undefined;
  }
}

function close(state: ClientState, code: number, reason: string, policy: SessionPolicy): SessionStep | undefined {
  if (state.name === 'closing') return undefined;
  if (state.name === 'open') {
    return {
      state: { name: 'closing', code, reason },
      timerMs: policy.closeTimeoutMs,
      actions: [{ type: 'close', code, reason }],
    };
  }
  // There is no link that could close: nothing is cut.
  return closed({ code, reason, wasClean: true });
}

function giveUp(state: ClientState, outcome: CloseOutcome, facts: SessionFacts): SessionStep {
  const hadLink = state.name === 'open' || state.name === 'closing';
  return hadLink ? closed(outcome, disconnected(outcome, false, facts)) : closed(outcome);
}

/** The step that begins a session. */
export function begin(policy: SessionPolicy): SessionStep {
  return dial(1, policy);
}

function dial(attempt: number, { connectTimeoutMs }: SessionPolicy): SessionStep {
  return {
    state: { name: 'connecting', attempt },
    timerMs: connectTimeoutMs,
    actions: [{ type: 'dial', attempt }],
  };
}

function closed(outcome: CloseOutcome, ...before: SessionAction[]): SessionStep {
  return {
    state: { name: 'closed', ...outcome },
    actions: [{ type: 'drop' }, ...before, { type: 'discard' }, { type: 'emit', event: { type: 'closed', ...outcome } }],
  };
}

function disconnected(outcome: CloseOutcome, willReconnect: boolean, { uncertain }: SessionFacts): SessionAction {
  return { type: 'emit', event: { type: 'disconnected', ...outcome, willReconnect, uncertain } };
}

function timeout(code: 'connect-timeout' | 'close-timeout', what: string, limitMs: number): HoldfastError {
  return new HoldfastError(code, `${what} within ${limitMs} ms`);
}

function abnormal(error: HoldfastError): CloseOutcome {
  return { code: CloseCode.Abnormal, reason: '', wasClean: false, error };
}
