import type { Finding } from './finding.ts';
import { FuzzThread, isLost } from './fuzz-thread.ts';
import type { Tally } from './report.ts';
import type { Batch } from './run-batch.ts';
import type { ThreadCalls } from './serve-thread.ts';
import type { Target } from './target.ts';

/** How many kinds of findings a target may have before it is left alone. */
const maxKinds = 8;

/** A thread, and the next one when an input has ended it. */
export class Runner {
  readonly #file: string;
  readonly #inputLimitMs: number;
  #thread: FuzzThread;

  constructor(file: string, inputLimitMs = 20_000) {
    this.#file = file;
    this.#inputLimitMs = inputLimitMs;
    this.#thread = new FuzzThread(file, inputLimitMs);
  }

  /** The targets of these names, or all. */
  async listTargets(only?: readonly string[]): Promise<readonly Pick<Target, 'name' | 'weight'>[]> {
    const targets = await this.#ask('list', null);
    const unknown = only?.find((name) => targets.every((target) => target.name !== name));
    if (unknown === undefined) return targets.filter(({ name }) => only?.includes(name) ?? true);
    throw new RangeError(`no target ${JSON.stringify(unknown)}, but ${targets.map(({ name }) => name).join(', ')}`);
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
