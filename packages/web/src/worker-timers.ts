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

/**
 * Timers that go on in time in a page that is hidden, whose own run once a minute at worst: they live in a worker, which
 * the clients that they are given to share. Throws what the platform throws where workers are not allowed, as by a
 * Content-Security-Policy without `worker-src blob:`.
 */
export function workerTimers(): Timers {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  const tell = (...message: (number | undefined)[]) => worker.postMessage(message);
  const tasks = new Map<number, () => void>();
  let lastId = 0;
  worker.onmessage = ({ data: id }: MessageEvent<number>) => {
    const task = tasks.get(id);
    tasks.delete(id);
    task?.();
  };
  return {
    after(delayMs, task) {
      if (!((delayMs as number) < 2 ** 31)) return () => {};
      const id = ++lastId;
      tasks.set(id, task);
      tell(id, delayMs);
      return () => {
        if (tasks.delete(id)) tell(id);
      };
    },
  };
}
