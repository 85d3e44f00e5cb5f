import { abnormal, type CloseOutcome } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import type { ClosedEvent, DisconnectedEvent, OpenEvent, Uncertain, WaitingEvent } from '../events/client-event.ts';
import { type BackoffOptions, backoffMs } from './backoff.ts';
import type { DisconnectCause } from './retry-policy.ts';

/**
 * The life of a client, which begins in `waiting`:
 *
 *     connecting --> open --> closing
 *       ^    |         |         |
 *       |    v         |         |
 *       waiting <------+         |
 *            |         |         |
 *            +----> closed <-----+
 *
 * Each state has at most one timer, which ends with it: in `connecting` the limit of the dial, in `open` the time after
 * which the connection counts as stable, in `waiting` the delay, in `closing` the limit of the closing handshake.
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
  /** The dial failed, or the link ended; `isFinal` where another dial is not wanted. */
  | { readonly type: 'ended'; readonly outcome: CloseOutcome; readonly isFinal?: boolean | undefined }
  /** The timer of the current state ran out. */
  | { readonly type: 'timeout' }
  /** Dial now: at the start, or because the app or the platform asks to. */
  | { readonly type: 'dial' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string };

/**
 * What the client has to do: tell an event, or
 * - `dial`: by the state's attempt
 * - `drop`: let go of the dial or the link, without a word; it may have ended already
 * - `flush`: hand what waits to the link
 * - `close`: begin the closing handshake, by the state's code and reason
 * - `clear`: give up all messages that wait
 */
export type SessionAction =
  | 'dial'
  | 'drop'
  | 'flush'
  | 'close'
  | 'clear'
  | OpenEvent
  | DisconnectedEvent
  | WaitingEvent
  | ClosedEvent;

/** What the session goes by. */
export interface SessionPolicy {
  readonly connectTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly reconnect: false | ReconnectPolicy;
}

/** How to come back. */
export interface ReconnectPolicy extends BackoffOptions {
  readonly maxAttempts: number;
  readonly stableAfterMs: number;
  readonly shouldReconnect: (cause: DisconnectCause) => boolean;
}

/** Where the session is now, after how long to give it the input `timeout` (`false`: never), and what to do. */
export type SessionStep = readonly [state: ClientState, timerMs: number | false, ...actions: SessionAction[]];

/**
 * The session's one transition function; `undefined` where the input changes nothing. What it cannot know by itself:
 * `random`, in [0, 1), and `uncertain`, what the link that may end now leaves open.
 */
export function advance(
  state: ClientState,
  input: SessionInput,
  policy: SessionPolicy,
  random: number,
  uncertain: Uncertain,
): SessionStep | undefined {
  const { reconnect } = policy;

  const dial = (attempt: number, ...before: SessionAction[]): SessionStep => [
    { name: 'connecting', attempt },
    policy.connectTimeoutMs,
    ...before,
    'dial',
  ];
  const disconnected = (outcome: CloseOutcome, willReconnect: boolean): DisconnectedEvent => ({
    type: 'disconnected',
    ...outcome,
    willReconnect,
    uncertain,
  });
  /** After the end of a dial or a link: wait for the next dial, or close. */
  const end = (outcome: CloseOutcome, isFinal?: boolean): SessionStep => {
    if (reconnect && !isFinal && 'attempt' in state) {
      const attempt = state.attempt + 1;
      if (attempt <= reconnect.maxAttempts && reconnect.shouldReconnect({ ...outcome, attempt: state.attempt })) {
        const wait = { attempt, delayMs: backoffMs(state.attempt, random, reconnect) };
        return [
          { name: 'waiting', ...wait },
          wait.delayMs,
          'drop',
          disconnected(outcome, true),
          { type: 'waiting', ...wait },
        ];
      }
    }
    const told = state.name === 'waiting' ? [] : [disconnected(outcome, false)];
    return [{ name: 'closed', ...outcome }, false, 'drop', ...told, 'clear', { type: 'closed', ...outcome }];
  };
  const timeOut = (step: 'connect' | 'close') =>
    end(abnormal(new HoldfastError(`${step}-timeout`, `${policy[`${step}TimeoutMs`]} ms`)));

  if (input.type === 'ended' && state.name !== 'closed') return end(input.outcome, input.isFinal);
  switch (state.name) {
    case 'connecting':
      if (input.type === 'timeout') return timeOut('connect');
      if (input.type === 'opened') {
        const { attempt } = state;
        const { url, protocol } = input;
        return [
          { name: 'open', attempt },
          reconnect && reconnect.stableAfterMs,
          'flush',
          { type: 'open', url, protocol, attempt, resumed: false },
        ];
      }
      break;
    case 'open':
      if (input.type === 'timeout') return [{ name: 'open', attempt: 0 }, false];
      if (input.type === 'dial') return dial(1, 'drop', disconnected(abnormal(), true));
      if (input.type === 'close') {
        const { code, reason } = input;
        return [{ name: 'closing', code, reason }, policy.closeTimeoutMs, 'close'];
      }
      break;
    case 'waiting':
      if (input.type !== 'close') return dial(state.attempt);
      break;
    case 'closing':
      return input.type === 'timeout' ? timeOut('close') : undefined;
    case 'closed':
      return undefined;
  }
  // There is no link that could close: nothing is cut.
  return input.type === 'close' ? end({ code: input.code, reason: input.reason, wasClean: true }, true) : undefined;
}
