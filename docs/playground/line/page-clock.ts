import type { Clock } from '@holdfast/core';

/**
 * The page's time. What is due at once comes in a later task without the delay that a browser puts between timers, and also
 * in a page that is hidden; in between, the page can draw.
 */
export const pageClock: Clock = {
  now: () => performance.now(),
  after(delayMs, task) {
    if (delayMs === 0) return afterThisTask(task);
    const timer = delayMs !== undefined && delayMs < 2 ** 31 ? setTimeout(task, delayMs) : undefined;
    return () => clearTimeout(timer);
  },
};

function afterThisTask(task: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  const close = () => {
    port1.onmessage = null;
    port1.close();
  };
  port1.onmessage = () => {
    close();
    task();
  };
  port2.postMessage(undefined);
  return close;
}
