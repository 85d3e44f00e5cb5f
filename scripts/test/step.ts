import { type Counts, formatCounts, one } from './counts.ts';

/** How a part of the test command came out, and what is to be said of each test that failed. */
export interface Outcome extends Counts {
  readonly failures?: readonly string[];
}

/** A part of the test command. */
export interface Step {
  readonly name: string;
  readonly run: () => Outcome | Promise<Outcome>;
  /** What comes after has no meaning when this fails. */
  readonly isVital?: boolean;
}

/** How a step went and how long it took. */
export interface StepResult {
  readonly name: string;
  readonly counts: Outcome;
  readonly tookMs: number;
}

/** Runs the steps in their order, each under a heading, up to a vital one that fails. */
export async function runSteps(steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await runStep(step);
    results.push(result);
    if (step.isVital && result.counts.failed > 0) break;
  }
  return results;
}

/** What the failed tests of all steps said, for the end of a log of which only the end is kept; empty when all passed. */
export function formatFailures(results: readonly StepResult[]): string {
  return results
    .flatMap(({ counts }) => counts.failures ?? [])
    .map((failure) => `\nFAILED ${failure}\n`)
    .join('');
}

/** A table of the steps, one line each. */
export function formatResults(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  return results
    .map((result) => `${result.name.padEnd(width)}  ${seconds(result)}  ${formatCounts(result.counts)}`)
    .join('\n');
}

async function runStep({ name, run }: Step): Promise<StepResult> {
  console.log(`\n== ${name}`);
  const startedMs = performance.now();
  const counts = await attempt(run);
  const result = { name, counts, tookMs: performance.now() - startedMs };
  console.log(`== ${name}: ${formatCounts(counts)} in ${seconds(result).trim()}`);
  return result;
}

async function attempt(run: Step['run']): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return { ...one(false), failures: [String(error)] };
  }
}

function seconds({ tookMs }: StepResult): string {
  return `${(tookMs / 1000).toFixed(1).padStart(6)} s`;
}
