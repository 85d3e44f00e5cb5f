/** Time as a port: adapters bring the platform's, tests a fake one. The methods are called without their object. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  readonly now: () => number;
  /** Runs `task` once, `delayMs` from now; the answer cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}
