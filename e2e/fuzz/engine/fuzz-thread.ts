import { Worker } from 'node:worker_threads';
import type { ThreadCall, ThreadCalls, ThreadData } from './serve-thread.ts';

/** A call that did not come to its end, by the input that was under way. */
export interface Lost {
  readonly lostInput: number;
  readonly problem: string;
}

/** JavaScript's heap of a thread, in MiB: an input that needs more than this is a finding. */
const heapLimitMb = 512;

/** What is soon garbage, in MiB: most of what an input makes. With more room it is swept less often. */
const youngLimitMb = 64;

/** How often the watcher looks, in ms. */
const watchMs = 250;

/** A thread that runs inputs, watched: one that takes longer than `inputLimitMs` loses its call. */
export class FuzzThread {
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(8));
  readonly #inputLimitMs: number;
  #settle: (answer: unknown) => void = () => {};

  constructor(file: string, inputLimitMs: number) {
    this.#inputLimitMs = inputLimitMs;
    const workerData: ThreadData = { progress: this.#progress };
    const resourceLimits = { maxOldGenerationSizeMb: heapLimitMb, maxYoungGenerationSizeMb: youngLimitMb };
    this.#worker = new Worker(file, { workerData, resourceLimits, execArgv: ['--enable-source-maps'] });
    this.#worker.on('message', (answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#lose(`the thread ended: ${error.stack ?? error.message}`));
    this.#worker.on('exit', (code) => this.#lose(`the thread ended with ${code}`));
  }

  /** Asks the thread, one call at a time; after a lost one it is of no more use. */
  async call<K extends keyof ThreadCalls>(
    name: K,
    args: ThreadCalls[K]['args'],
  ): Promise<ThreadCalls[K]['answer'] | Lost> {
    const answer = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const stopWatching = this.#watch();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker.postMessage([name, args] as ThreadCall);
    try {
      return (await answer) as ThreadCalls[K]['answer'] | Lost;
    } finally {
      stopWatching();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Looks at shared memory, for a thread that hangs cannot be asked. */
  #watch(): () => void {
    let tries = Atomics.load(this.#progress, 1);
    let sinceMs = performance.now();
    const timer = setInterval(() => {
      const now = Atomics.load(this.#progress, 1);
      if (now !== tries) {
        tries = now;
        sinceMs = performance.now();
      } else if (performance.now() - sinceMs > this.#inputLimitMs) {
        this.#lose(`still running after ${this.#inputLimitMs} ms`);
      }
    }, watchMs);
    return () => clearInterval(timer);
  }

  #lose(problem: string): void {
    const lost: Lost = { lostInput: Atomics.load(this.#progress, 0), problem };
    this.#settle(lost);
  }
}

/** Whether the thread came to no answer. */
export function isLost(answer: unknown): answer is Lost {
  return typeof answer === 'object' && answer !== null && 'lostInput' in answer;
}
