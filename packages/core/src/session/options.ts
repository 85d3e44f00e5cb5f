import type { AbortSignalLike } from '../abort-signal.ts';
import type { Message, Outgoing } from '../message.ts';
import type { Codec } from './codec.ts';
import { fillOptions } from './fill-options.ts';
import type { HeartbeatTimes } from './heartbeat.ts';
import type { Layer } from './layer.ts';
import type { OutboxOptions } from './outbox.ts';
import type { RetryBudget } from './retry-budget.ts';
import { type DisconnectCause, isWorthRetrying } from './retry-policy.ts';
import type { ReconnectPolicy, SessionPolicy } from './session.ts';

/** A value, or a function that is asked for it at each dial. */
export type MaybeAsync<T> = T | (() => T | Promise<T>);

/** How a client comes back. */
export interface ReconnectOptions {
  /** The shortest delay before a dial, in ms. Default 500. */
  readonly minDelayMs?: number;
  /** The longest, in ms; the delay is random below a ceiling that doubles up to this. Default 30,000. */
  readonly maxDelayMs?: number;
  /** How many dials in a row may fail before the client closes. Default Infinity. */
  readonly maxAttempts?: number;
  /** How long a link must hold before attempts are counted from 1 again, in ms. Default 5,000. */
  readonly stableAfterMs?: number;
  /** Decides each time; what it throws closes the client. Default: `isWorthRetrying`. */
  readonly shouldReconnect?: (cause: DisconnectCause) => boolean;
  /** Shared by clients that must not all dial at once: `createRetryBudget()`. Default: none. */
  readonly budget?: RetryBudget;
}

/** A question that the app's own protocol answers, for platforms without ping. */
export interface Probe<In = Message, Out = Outgoing> {
  /** What to send, or what makes it. */
  readonly message: NoInfer<Out> | (() => NoInfer<Out>);
  /** Whether a message is the answer; it is then not delivered. */
  readonly isReply: (message: NoInfer<In>) => boolean;
}

/** How a dead line is found. */
export interface HeartbeatOptions<In = Message, Out = Outgoing> {
  /** How long after the last answer to ask, in ms. Default 20,000. */
  readonly intervalMs?: number;
  /** How long to wait for any sign of life, in ms; then the line is dropped. Default 10,000. */
  readonly timeoutMs?: number;
  /** The same after the machine slept, or the page is looked at again: then the line is asked at once. Default 1,400. */
  readonly wakeTimeoutMs?: number;
  /** Browsers cannot ping: there, without a probe, nothing is asked. Where it is given it is used on every platform. */
  readonly probe?: Probe<In, Out>;
}

/** The options that all platforms share. */
export interface CommonOptions<In = Message, Out = Outgoing> {
  /** Sub-protocols to offer, in order of preference. Default: none. */
  readonly protocols?: MaybeAsync<string | readonly string[]>;
  /** Drops the connection and closes the client when aborted. */
  readonly signal?: AbortSignalLike;
  /**
   * How long `url` and `protocols`, where they are functions, may take to answer, in ms, and no longer than
   * `connectTimeoutMs`. Default 10,000.
   */
  readonly urlTimeoutMs?: number;
  /** The limit of one dial, from the URL to `open`, in ms. Default 15,000. */
  readonly connectTimeoutMs?: number;
  /** The limit of the closing handshake, in ms. Default 5,000. */
  readonly closeTimeoutMs?: number;
  /** `false`: the first failure closes the client. */
  readonly reconnect?: false | ReconnectOptions;
  /** `false`: nothing is asked. */
  readonly heartbeat?: false | HeartbeatOptions<In, Out>;
  /**
   * What may wait while no link takes it; `false`: nothing. Default: 100,000 messages, 16 MiB, `throw` when full.
   */
  readonly outbox?: false | Partial<OutboxOptions>;
  /**
   * `drained()` and `drain` tell when `bufferedBytes` is below this, in bytes; over it a link is given no more, and
   * messages wait in the outbox. Default 1 MiB.
   */
  readonly highWaterMark?: number;
  /** The longest message that is taken from the peer, in bytes. Default 16 MiB. */
  readonly maxMessageBytes?: number;
  /**
   * How much may wait for a slow reader of an iterator or a stream, in bytes (of text, in UTF-16 units); over it, the
   * reader gets `reader-too-slow`. In Node the socket is not read meanwhile, and it does not come to that. Default 64 MiB.
   */
  readonly maxUnreadBytes?: number;
  /** `delivery()`, for messages that arrive once and in order across broken lines. Default: none. */
  readonly delivery?: Layer | undefined;
  /** `json()`, or another of what messages mean; it says of which types they are. Default: they are text and bytes. */
  readonly codec?: Codec<In, Out> | undefined;
}

/** The common options with every default in its place, and `{}` for what is off. */
export interface ResolvedOptions<In, Out> extends Omit<SessionPolicy, 'reconnect'> {
  readonly reconnect: Partial<ReconnectPolicy> & Pick<ReconnectOptions, 'shouldReconnect'>;
  readonly protocols: MaybeAsync<string | readonly string[] | undefined>;
  readonly signal: AbortSignalLike | undefined;
  readonly heartbeat: HeartbeatTimes & { readonly probe?: Probe<In, Out> | undefined };
  readonly outbox: Partial<OutboxOptions>;
  readonly highWaterMark: number;
  readonly maxMessageBytes: number;
  readonly maxUnreadBytes: number;
  readonly delivery: Layer | undefined;
  readonly codec: Codec<In, Out> | undefined;
}

/** By name and kind. What an app says nothing of is the same object for all clients. */
const defaults = {
  protocols: undefined,
  signal: undefined,
  urlTimeoutMs: 10_000,
  connectTimeoutMs: 15_000,
  closeTimeoutMs: 5_000,
  reconnect: {
    minDelayMs: 500,
    maxDelayMs: 30_000,
    maxAttempts: Infinity,
    stableAfterMs: 5_000,
    shouldReconnect: isWorthRetrying,
    budget: undefined,
  },
  heartbeat: { intervalMs: 20_000, timeoutMs: 10_000, wakeTimeoutMs: 1_400, probe: undefined },
  outbox: { maxMessages: 100_000, maxBytes: 2 ** 24, whenFull: 'throw' },
  highWaterMark: 2 ** 20,
  maxMessageBytes: 2 ** 24,
  maxUnreadBytes: 2 ** 26,
  delivery: undefined,
  codec: undefined,
};

/**
 * The options of an app with the defaults filled in; who uses an option checks what else it may be.
 * `platformDefaults` has what the platform knows besides. Throws `unknown-option` or `invalid-option`.
 */
export function resolveOptions<In, Out, More extends object = object>(
  options: CommonOptions<In, Out>,
  platformDefaults?: More,
): ResolvedOptions<In, Out> & More {
  return fillOptions(options, { ...defaults, ...platformDefaults }) as ResolvedOptions<In, Out> & More;
}
