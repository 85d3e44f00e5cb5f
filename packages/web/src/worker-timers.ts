import type { Clock } from '@holdfast/core/adapter';

/** Timers that a page may bring in the place of its own. */
export type Timers = Pick<Clock, 'after'>;

/** What the worker runs: it is told an id and a delay in ms, or an id alone to cancel, and answers with the id. */
const source = `const timers = new Map();
onmessage = ({ data: [id, delayMs] }) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (delayMs !== undefined) timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id); }, delayMs));
};`;

/** What waits for its time. */
interface Waiting {
  readonly task: () => void;
  readonly dueAtMs: number;
}

/**
 * Timers that go on in time in a page that is hidden, whose own run once a minute at worst: they live in a worker, which
 * the clients that they are given to share. Where a page may have no such worker, as by a Content-Security-Policy without
 * `worker-src blob:`, they are the page's own.
 */
export function workerTimers(): Timers {
  const waiting = new Map<number, Waiting>();
  const run = (id: number) => {
    const { task } = waiting.get(id) ?? {};
    waiting.delete(id);
    task?.();
  };
  /** Sets a timer of the page. */
  const setOwn = (id: number, delayMs: number) => void setTimeout(() => run(id), delayMs);
  let worker = startWorker(run, () => {
    worker = undefined;
    for (const [id, { dueAtMs }] of waiting) setOwn(id, dueAtMs - performance.now());
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  const tell = (...message: number[]) => worker?.postMessage(message);
  let lastId = 0;
  return {
    after(delayMs, task) {
      if (delayMs === undefined || !(delayMs < 2 ** 31)) return () => {};
      const id = ++lastId;
      waiting.set(id, { task, dueAtMs: performance.now() + delayMs });
      if (worker) tell(id, delayMs);
      else setOwn(id, delayMs);
      return () => {
        if (waiting.delete(id)) tell(id);
      };
    },
  };
}

/** A policy that forbids the worker throws in some browsers, and in others is an event of the worker. */
function startWorker(onTime: (id: number) => void, onForbidden: () => void): Worker | undefined {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<number>) => onTime(data);
    worker.onerror = onForbidden;
    return worker;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
