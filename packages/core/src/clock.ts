/** Time as a port: adapters bring the platform's, tests a fake one. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
