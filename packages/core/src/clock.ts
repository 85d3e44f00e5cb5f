/** Time as a port: adapters bring the platform's, tests a fake one. The methods are called without their object. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  readonly now: () => number;
  /** Runs `task` once, `delayMs` from now, or never without a delay or beyond 2^31 - 1 ms; the answer cancels it. */
  readonly after: (delayMs: number | undefined, task: () => void) => () => void;
}

/** Sets a timer for one task after the other: what it was set for before comes no more. Without a delay it rests. */
export type Timer = (delayMs?: number, task?: () => void) => void;

/** A timer that rests. */
export function createTimer({ after }: Clock): Timer {
  let cancel: (() => void) | undefined;
  return (delayMs, task) => {
    cancel?.();
    cancel = after(delayMs, task as () => void);
  };
}
