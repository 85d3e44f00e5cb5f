import type { Platform } from '@holdfast/core/adapter';

/** Whether the browser is sure that there is no network. */
export const isOffline = (): boolean => !(globalThis.navigator?.onLine ?? true);

/** The page's time and chance. A timer takes at most 2^31 - 1 ms: longer ones would fire at once. */
export const webPlatform: Platform = {
  isOffline,
  random: Math.random,
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = (delayMs as number) < 2 ** 31 ? setTimeout(task, delayMs) : undefined;
    return () => clearTimeout(timer);
  },
};
