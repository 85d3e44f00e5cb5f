import type { Clock } from '@holdfast/core/adapter';

/** Finds a connection on which nothing passes: `touch` when something does, `stop` when it is over. */
export interface IdleLimit {
  readonly touch: () => void;
  readonly stop: () => void;
}

const never: IdleLimit = { touch: () => {}, stop: () => {} };

/** Tells `onIdle` once, when nothing has passed for `timeoutMs`. One timer runs, however much passes. */
export function createIdleLimit({ now, after }: Clock, timeoutMs: number, onIdle: () => void): IdleLimit {
  if (timeoutMs === Number.POSITIVE_INFINITY) return never;
  let touchedAtMs = now();
  let cancel = () => {};
  const wait = () => {
    const leftMs = touchedAtMs + timeoutMs - now();
    if (leftMs <= 0) return onIdle();
    cancel = after(leftMs, wait);
  };
  wait();
  return {
    touch: () => {
      touchedAtMs = now();
    },
    stop: () => cancel(),
  };
}
