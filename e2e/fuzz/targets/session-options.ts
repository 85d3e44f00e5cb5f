import type { CommonOptions, Message } from '@holdfast/core/adapter';
import type { Script } from '../engine/script.ts';

/** What the question of the heartbeat is, where it is a message, and what answers it. */
export const probeMessage = 'probe?';
export const probeReply = 'probe!';

/** What the budget of an app that has one makes each dial wait at least. */
export const budgetMs = 700;

type Given<K extends keyof CommonOptions> = Exclude<CommonOptions[K], undefined>;

const never = Number.POSITIVE_INFINITY;

// A delay of 0 would let a fake clock stand for ever.
const reconnects: readonly Given<'reconnect'>[] = [
  { minDelayMs: 100, maxDelayMs: 1000, stableAfterMs: 500 },
  { minDelayMs: 100, maxDelayMs: 1000, stableAfterMs: 500, maxAttempts: 3 },
  { minDelayMs: 20, maxDelayMs: 20, stableAfterMs: 0 },
  { minDelayMs: 1000, maxDelayMs: 10, stableAfterMs: never, maxAttempts: 2 },
  { minDelayMs: 100, maxDelayMs: 60_000, stableAfterMs: 500, budget: () => budgetMs },
  false,
];

const heartbeats: readonly Given<'heartbeat'>[] = [
  { intervalMs: 1000, timeoutMs: 300 },
  { intervalMs: 200, timeoutMs: 1000 },
  {
    intervalMs: 1000,
    timeoutMs: 300,
    probe: { message: probeMessage, isReply: (message: Message) => message === probeReply },
  },
  false,
];

const outboxes: readonly Given<'outbox'>[] = [
  { maxMessages: 100, maxBytes: 10_000 },
  { maxMessages: 2, maxBytes: 60, whenFull: 'throw' },
  { maxMessages: 2, maxBytes: 60, whenFull: 'drop-oldest' },
  { maxMessages: 2, maxBytes: 60, whenFull: 'drop-newest' },
  { maxMessages: 0, maxBytes: 0, whenFull: 'drop-oldest' },
  false,
];

/** Options of an app, chosen by the script. */
export function chooseOptions(script: Script): CommonOptions {
  return {
    reconnect: script.pick(reconnects),
    heartbeat: script.pick(heartbeats),
    outbox: script.pick(outboxes),
    highWaterMark: script.pick([2 ** 20, 1, 50, 0]),
    urlTimeoutMs: script.pick([10_000, 300, 0, never]),
    connectTimeoutMs: script.pick([200, 15_000, 0, never]),
    closeTimeoutMs: script.pick([100, 5_000, 0]),
  };
}
