import { parentPort, workerData } from 'node:worker_threads';
import { meterBuffers } from './allocations.ts';
import { fromHex, toHex } from './hex.ts';
import { heldBytes } from './memory.ts';
import { type Batch, type BatchResult, inputOf, runBatch, tryInput } from './run-batch.ts';
import type { Target } from './target.ts';

/** What a thread is given when it starts. */
export interface ThreadData {
  /** The number of the input that runs, and a count that each try raises: what a watcher looks at. */
  readonly progress: Int32Array;
}

/** What a thread can be asked, each with what it answers. */
export interface ThreadCalls {
  /** All targets. */
  list: { readonly args: null; readonly answer: readonly Pick<Target, 'name' | 'weight'>[] };
  batch: { readonly args: Batch; readonly answer: BatchResult & { readonly heldBytes: number } };
  /** The bytes of an input as hex. */
  input: { readonly args: Omit<Batch, 'count'>; readonly answer: string };
  /** Runs bytes: what they reached, or the problem as text. */
  try: {
    readonly args: { readonly target: string; readonly hex: string };
    readonly answer: readonly string[] | string;
  };
}

/** One of these calls. */
export type ThreadCall = {
  [K in keyof ThreadCalls]: readonly [name: K, args: ThreadCalls[K]['args']];
}[keyof ThreadCalls];

/**
 * Runs inputs of these targets in this thread, as its parent asks: one that hangs or takes all memory ends this thread,
 * and not who asked.
 */
export function serveThread(targets: readonly Target[]): void {
  const { progress } = workerData as ThreadData;
  meterBuffers();
  // Most errors are what has to come: a short trace is quick, and long enough for one that has not.
  Error.stackTraceLimit = 5;
  parentPort?.on('message', (call: ThreadCall) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    void answerCall(targets, progress, call).then((answer) => parentPort?.postMessage(answer));
  });
}

async function answerCall(
  targets: readonly Target[],
  progress: Int32Array,
  [name, args]: ThreadCall,
): Promise<ThreadCalls[keyof ThreadCalls]['answer']> {
  switch (name) {
    case 'list':
      return targets.map(({ name: target, weight }) => ({ name: target, weight }));
    case 'batch': {
      const result = await runBatch(findTarget(targets, args.target), args, (input) => {
        Atomics.store(progress, 0, input);
        Atomics.add(progress, 1, 1);
      });
      return { ...result, heldBytes: heldBytes() };
    }
    case 'input':
      return toHex(inputOf(findTarget(targets, args.target), args.seed, args.from));
    case 'try':
      return tryInput(findTarget(targets, args.target), fromHex(args.hex));
  }
}

function findTarget(targets: readonly Target[], name: string): Target {
  const target = targets.find((each) => each.name === name);
  if (target) return target;
  throw new RangeError(`no target ${JSON.stringify(name)}, but ${targets.map((each) => each.name).join(', ')}`);
}
