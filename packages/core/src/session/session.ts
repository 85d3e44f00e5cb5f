import { abnormal, type CloseOutcome, lost } from '../close-code.ts';
import type { DialCause } from './retry-policy.ts';
import type { RetryBudget } from './retry-budget.ts';

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
 * Each state has at most one timer, which ends with it: in `connecting` the limit of the app's answer, then of the dial, in `open` the time after
 * which the connection counts as stable, in `waiting` the delay, in `closing` the limit of the closing handshake.
 */
export type ClientState =
  /** Without `url` as long as the app is asked for it. */
  | { readonly name: 'connecting'; readonly attempt: number; readonly url?: string }
  | OpenState
  /** `attempt` is that of the dial to come. */
  | { readonly name: 'waiting'; readonly attempt: number; readonly delayMs: number }
  | { readonly name: 'closing'; readonly code: number; readonly reason: string }
  | ({ readonly name: 'closed' } & CloseOutcome);

interface OpenState extends Opened {
  readonly name: 'open';
  /** That of the dial that opened it, and 0 once the connection is stable. */
  readonly attempt: number;
}

/** What is known of a link that opened. */
export interface Opened {
  readonly url: string;
  readonly protocol: string;
  readonly resumed: boolean;
}

/** What can happen to a session. */
export type SessionInput =
  /** The app has said where to dial. */
  | readonly [type: 'asked', url: string]
  | readonly [type: 'opened', opened: Opened]
  /** The dial failed, or the link ended. */
  | readonly [type: 'ended', outcome: CloseOutcome]
  /** The same, where another dial is not wanted. */
  | readonly [type: 'failed', outcome: CloseOutcome]
  /** `isWaiting`: messages wait for the link that is being dialed. */
  | readonly [type: 'close', close: { readonly code: number; readonly reason: string; readonly isWaiting: boolean }]
  /** The timer of the current state ran out. */
  | readonly [type: 'timeout']
  /** Dial now: at the start, or because the app or the platform asks to. */
  | readonly [type: 'dial'];

/** What the session goes by. */
export interface SessionPolicy {
  readonly urlTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly closeTimeoutMs: number;
  /** Without `maxAttempts` no dial follows another. */
  readonly reconnect: Partial<ReconnectPolicy>;
}

/** How to come back. */
export interface ReconnectPolicy {
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxAttempts: number;
  readonly stableAfterMs: number;
  readonly budget: RetryBudget | undefined;
}

/**
 * What follows from an input: the state, whose name says what to do on entering it (dial, hand over what waits, close the
 * link, give up what waits); after how long to give the input `timeout`; and how the dial or link ended that is let go.
 */
export type SessionStep = readonly [state: ClientState, timerMs?: number | undefined, lost?: CloseOutcome | undefined];

/** RFC 6455 7.4.1, and the registry's word on 1012: come back within 5 to 30 s, at random. */
const isBusy = ({ code }: CloseOutcome) => code === 1012 || code === 1013;

/**
 * The session's one transition function; `undefined` where the input changes nothing. `random`, in [0, 1), spreads the
 * delays, and `guard` calls what is the app's: it answers nothing where that throws. `shouldReconnect` says whether another dial is wanted.
 */
export function advance(
  state: ClientState,
  [type, data]: SessionInput,
  { reconnect, urlTimeoutMs, connectTimeoutMs, closeTimeoutMs }: SessionPolicy,
  random: number,
  nowMs: number,
  guard: <T>(who: string, call: () => T) => T | undefined,
  shouldReconnect: (cause: DialCause) => unknown,
): SessionStep | undefined {
  const { name, attempt, url } = state as { name: ClientState['name']; attempt: number; url?: string };
  // Where there is no coming back these are undefined, and no attempt is below the most.
  const { minDelayMs, maxDelayMs, maxAttempts, stableAfterMs, budget } = reconnect as ReconnectPolicy;
  const dial = (number: number, outcome?: CloseOutcome): SessionStep => [
    { name: 'connecting', attempt: number },
    Math.min(urlTimeoutMs, connectTimeoutMs),
    outcome,
  ];
  const end = (outcome: CloseOutcome): SessionStep => [
    { name: 'closed', ...outcome },
    undefined,
    name === 'waiting' ? undefined : outcome,
  ];
  /** The end of a dial or a link: wait for the next dial, or close, as always where there is nothing to attempt. */
  const retry = (outcome: CloseOutcome): SessionStep => {
    const isWanted = () => shouldReconnect({ ...outcome, attempt });
    if (!(attempt < maxAttempts && guard('shouldReconnect', isWanted))) return end(outcome);
    // Full jitter, from the shortest to a ceiling that doubles, so that the clients of a server that restarts do not come
    // back at once.
    const spreadMs = isBusy(outcome)
      ? 5_000 + random * 25_000
      : minDelayMs * (1 + random * (2 ** Math.min(attempt || 1, 99) - 1));
    const delayMs = Math.max(
      Math.min(maxDelayMs, spreadMs),
      outcome.error?.retryAfterMs ?? 0,
      guard('budget', () => budget?.(nowMs)) ?? 0,
    );
    return [{ name: 'waiting', attempt: attempt + 1, delayMs }, delayMs, outcome];
  };

  if (name === 'closed') return undefined;
  switch (type) {
    case 'asked':
      return name === 'connecting' ? [{ name, attempt, url: data }, connectTimeoutMs] : undefined;
    case 'opened':
      return name === 'connecting' ? [{ name: 'open', attempt, ...data }, stableAfterMs] : undefined;
    case 'ended':
      return name === 'waiting' ? undefined : retry(data);
    case 'failed':
      return end(data);
    case 'close': {
      const { code, reason, isWaiting } = data;
      if (name === 'open' || (name === 'connecting' && isWaiting)) {
        return [{ name: 'closing', code, reason }, closeTimeoutMs];
      }
      // There is no link that could close: nothing is cut.
      return name === 'closing' ? undefined : end({ code, reason, wasClean: true });
    }
    case 'timeout':
      if (name === 'open') return [{ ...(state as OpenState), attempt: 0 }];
      if (name === 'waiting') return dial(attempt);
      if (name === 'closing') return end(lost('close-timeout', `${closeTimeoutMs} ms`));
      return retry(
        url === undefined && urlTimeoutMs < connectTimeoutMs
          ? lost('url-timeout', `${urlTimeoutMs} ms`)
          : lost('connect-timeout', `${connectTimeoutMs} ms`),
      );
    case 'dial':
      if (name === 'open') return dial(1, abnormal());
      return name === 'waiting' ? dial(attempt) : undefined;
  }
}
