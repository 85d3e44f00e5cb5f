import { availableParallelism } from 'node:os';
import { bundleThread } from './bundle-thread.ts';
import { type FuzzReport, Tally } from './report.ts';
import { Runner } from './runner.ts';
import type { Batch } from './run-batch.ts';

/** What to fuzz. */
export interface FuzzOptions {
  readonly seed: string;
  /** The file that serves the targets in a thread. Default: the real ones. */
  readonly entry?: URL | undefined;
  /** The targets by name. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** Goes on until this many inputs ran, over all targets by their weights. */
  readonly inputs?: number | undefined;
  /** Goes on until this much time has passed. */
  readonly forMs?: number | undefined;
  /** By which weights the targets share the inputs. Default: `long`. */
  readonly length?: 'long' | 'short' | undefined;
  /** How long one input may run, in ms, before it counts as one that hangs. Default 20,000. */
  readonly inputLimitMs?: number | undefined;
  /** Told after each batch. */
  readonly onProgress?: (report: FuzzReport) => void;
}

interface Chosen {
  readonly name: string;
  readonly weight: number;
}

/** How many inputs of all targets a round has. */
const roundInputs = 5_000;

/** How many threads run at once at most: a thread for each processor has the memory of the machine in view. */
const maxThreads = 4;

/** Runs the targets in turn, in batches by their weights, in threads of their own. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { inputs = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY, length = 'long' } = options;
  const endMs = performance.now() + forMs;
  return withRunners(Math.min(availableParallelism(), maxThreads), options, async (runners) => {
    const listed = await (runners[0] as Runner).listTargets(options.only);
    const targets = listed.map(({ name, weight }) => ({ name, weight: weight[length] }));
    const tally = new Tally(targets.map(({ name }) => name));
    for (let from = 0; from < inputs && performance.now() < endMs; from += roundInputs) {
      const batches = shareOut(targets, options.seed, from, Math.min(from + roundInputs, inputs));
      const work = async (runner: Runner) => {
        for (let batch = batches.shift(); batch && performance.now() < endMs; batch = batches.shift()) {
          await runner.run(batch, tally);
          options.onProgress?.(tally.report);
        }
      };
      await Promise.all(runners.map(work));
    }
    return tally.report;
  });
}

/** Runs one input of a seed, and shrinks it where it fails. */
export async function replayInput(
  target: string,
  input: number,
  options: Pick<FuzzOptions, 'seed' | 'entry' | 'inputLimitMs'>,
): Promise<FuzzReport> {
  return withRunners(1, options, async ([runner]) => {
    await runner?.listTargets([target]);
    const tally = new Tally([target]);
    await runner?.run({ target, seed: options.seed, from: input, count: 1 }, tally);
    return tally.report;
  });
}

/** Runs each of these inputs, given as hex: what it reached, or the problem as text. */
export async function tryInputs(
  inputs: readonly { readonly target: string; readonly hex: string }[],
  options: Pick<FuzzOptions, 'entry' | 'inputLimitMs'> = {},
): Promise<(readonly string[] | string)[]> {
  return withRunners(1, options, async ([runner]) => {
    await runner?.listTargets(inputs.map(({ target }) => target));
    const answers: (readonly string[] | string)[] = [];
    for (const { target, hex } of inputs) answers.push(await (runner as Runner).try(target, hex));
    return answers;
  });
}

async function withRunners<T>(
  count: number,
  { entry = new URL('../thread-entry.ts', import.meta.url), inputLimitMs }: Pick<FuzzOptions, 'entry' | 'inputLimitMs'>,
  use: (runners: readonly Runner[]) => Promise<T>,
): Promise<T> {
  const file = await bundleThread(entry);
  const runners = Array.from({ length: count }, () => new Runner(file, inputLimitMs));
  try {
    return await use(runners);
  } finally {
    await Promise.all(runners.map((runner) => runner.end()));
  }
}

/** The batches of a round, the largest first, so that the threads end together. */
function shareOut(targets: readonly Chosen[], seed: string, from: number, to: number): Batch[] {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return targets
    .map(({ name, weight }) => {
      const first = before;
      before += weight;
      // What all up to this one have, less what all before it have: the sum is what was asked for.
      const share = (inputs: number) =>
        Math.round((inputs * (first + weight)) / weights) - Math.round((inputs * first) / weights);
      return { target: name, seed, from: share(from), count: Math.max(0, share(to) - share(from)) };
    })
    .sort((one, other) => other.count - one.count);
}
