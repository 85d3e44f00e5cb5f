import { bundleThread } from './bundle-thread.ts';
import type { Finding } from './finding.ts';
import { FuzzThread, isLost } from './fuzz-thread.ts';
import { type FuzzReport, Tally } from './report.ts';
import type { Batch } from './run-batch.ts';
import type { ThreadCalls } from './serve-thread.ts';
import type { Target } from './target.ts';

/** What to fuzz. */
export interface FuzzOptions {
  readonly seed: string;
  /** The file that serves the targets in a thread. Default: the real ones. */
  readonly entry?: URL;
  /** The targets by name. Default: all. */
  readonly only?: readonly string[];
  /** Goes on until this many inputs ran, over all targets by their weights. */
  readonly inputs?: number;
  /** Goes on until this much time has passed. */
  readonly forMs?: number;
  /** How long one input may run, in ms, before it counts as one that hangs. Default 20,000. */
  readonly inputLimitMs?: number;
  /** Told after each batch. */
  readonly onProgress?: (report: FuzzReport) => void;
}

/** How many inputs of all targets a round has. */
const roundInputs = 5_000;

/** How many kinds of findings a target may have before it is left alone. */
const maxKinds = 8;

/** Runs the targets in turn, in batches by their weights, in a thread of their own. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, inputs = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY, onProgress } = options;
  const runner = await Runner.start(options);
  const endMs = performance.now() + forMs;
  try {
    const targets = await runner.listTargets(options.only);
    const tally = new Tally(targets.map(({ name }) => name));
    const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
    for (let from = 0; from < inputs && performance.now() < endMs; from += roundInputs) {
      const count = Math.min(roundInputs, inputs - from);
      for (const { name, weight } of targets) {
        const share = (inputsSoFar: number) => Math.round((inputsSoFar * weight) / weights);
        await runner.run({ target: name, seed, from: share(from), count: share(from + count) - share(from) }, tally);
        onProgress?.(tally.report);
        if (performance.now() >= endMs) break;
      }
    }
    return tally.report;
  } finally {
    await runner.end();
  }
}

/** A thread, and the next one when an input has ended it. */
class Runner {
  readonly #file: string;
  readonly #inputLimitMs: number;
  #thread: FuzzThread;

  private constructor(file: string, inputLimitMs: number) {
    this.#file = file;
    this.#inputLimitMs = inputLimitMs;
    this.#thread = new FuzzThread(file, inputLimitMs);
  }

  static async start({
    entry = new URL('../thread-entry.ts', import.meta.url),
    inputLimitMs = 20_000,
  }: {
    readonly entry?: URL | undefined;
    readonly inputLimitMs?: number | undefined;
  } = {}): Promise<Runner> {
    return new Runner(await bundleThread(entry), inputLimitMs);
  }

  /** The targets of these names, or all. */
  async listTargets(only?: readonly string[]): Promise<readonly Pick<Target, 'name' | 'weight'>[]> {
    const targets = await this.#ask('list', null);
    const unknown = only?.find((name) => targets.every((target) => target.name !== name));
    if (unknown === undefined) return targets.filter(({ name }) => only?.includes(name) ?? true);
    throw new RangeError(`no target ${JSON.stringify(unknown)}: ${targets.map(({ name }) => name).join(', ')}`);
  }

  /** Runs a batch to its end, over inputs that end the thread. */
  async run(batch: Batch, tally: Tally): Promise<void> {
    const end = batch.from + batch.count;
    for (let { from } = batch; from < end && tally.kindsOf(batch.target) < maxKinds; ) {
      const rest = { ...batch, from, count: end - from };
      const answer = await this.#thread.call('batch', rest);
      if (!isLost(answer)) return tally.add(rest, answer);
      await this.#replaceThread();
      // What ran before in this batch is lost with the thread, and runs again.
      if (answer.lostInput > from) await this.run({ ...rest, count: answer.lostInput - from }, tally);
      tally.addFinding(await this.#lostFinding({ ...rest, from: answer.lostInput }, answer.problem));
      from = answer.lostInput + 1;
    }
  }

  /** Runs these bytes: what they reached, or the problem as text. */
  async try(target: string, hex: string): Promise<readonly string[] | string> {
    const answer = await this.#thread.call('try', { target, hex });
    if (!isLost(answer)) return answer;
    await this.#replaceThread();
    return answer.problem;
  }

  async end(): Promise<void> {
    await this.#thread.end();
  }

  async #ask<K extends 'list' | 'input'>(name: K, args: ThreadCalls[K]['args']): Promise<ThreadCalls[K]['answer']> {
    const answer = await this.#thread.call(name, args);
    if (isLost(answer)) throw new Error(answer.problem);
    return answer;
  }

  async #replaceThread(): Promise<void> {
    await this.#thread.end();
    this.#thread = new FuzzThread(this.#file, this.#inputLimitMs);
  }

  async #lostFinding(batch: Batch, problem: string): Promise<Finding> {
    const hex = await this.#ask('input', batch);
    return { target: batch.target, seed: batch.seed, input: batch.from, problem, hex, shrunkHex: hex };
  }
}
