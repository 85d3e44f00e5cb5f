import { availableParallelism } from 'node:os';
import { type AttackRow, honestTestName, type Theme, testName } from '../../e2e/attacks/row.ts';
import { themes } from '../../e2e/attacks/rows.ts';
import { Bench } from './bench.ts';
import { runAll, runRow, type TestResult } from './run-row.ts';

/** What became of a row whose guard was taken out; `fault` is why that shows nothing, if it does not. */
export interface Verdict {
  readonly row: AttackRow;
  readonly fault?: string;
}

/** A row, and the theme in whose file its test stands. */
export interface Job {
  readonly theme: Pick<Theme, 'name'>;
  readonly row: AttackRow;
}

/** The rows with these identifiers, or all where there are none. Throws on an identifier that no row has. */
export function jobsOf(ids: readonly string[] = []): Job[] {
  const jobs = themes.flatMap((theme: Theme) => theme.rows.map((row) => ({ theme, row })));
  const unknown = ids.filter((id) => !jobs.some(({ row }) => row.id === id));
  if (unknown.length > 0) throw new Error(`no rows: ${unknown.join(', ')}`);
  return ids.length === 0 ? jobs : jobs.filter(({ row }) => ids.includes(row.id));
}

/**
 * Takes out the guard of each row in turn, in a copy of the built packages, and runs the row's test, which must fail, by
 * what it expects or by its own limit. Tells each verdict when it is there.
 */
export async function removeGuards(
  jobs: readonly Job[],
  onVerdict: (verdict: Verdict) => void = () => {},
): Promise<Verdict[]> {
  const benches = Array.from({ length: Math.min(availableParallelism(), jobs.length) }, () => new Bench());
  try {
    await checkThatAllPass(benches[0] as Bench, jobs);
    const verdicts: Verdict[] = [];
    const waiting = [...jobs];
    const work = async (bench: Bench) => {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const verdict = await judge(bench, job);
        verdicts.push(verdict);
        onVerdict(verdict);
      }
    };
    await Promise.all(benches.map(work));
    return verdicts;
  } finally {
    for (const bench of benches) bench.remove();
  }
}

/** A test that fails with its guard in place would show nothing without it. */
async function checkThatAllPass(bench: Bench, jobs: readonly Job[]): Promise<void> {
  const names = [...new Set(jobs.map(({ theme }) => theme.name))];
  const results = await runAll(bench.root, names);
  const expected = [...jobs.map(({ row }) => testName(row)), ...names.map(honestTestName)];
  const wrong = expected.filter((name) => results.find((result) => result.name === name)?.status !== 'passed');
  if (wrong.length > 0) throw new Error(`with every guard in place these did not pass:\n${wrong.join('\n')}`);
}

async function judge(bench: Bench, { theme, row }: Job): Promise<Verdict> {
  try {
    const results = await bench.without(row.guard, () => runRow(bench.root, theme.name, row));
    const fault = faultOf(results, testName(row), honestTestName(theme.name));
    return fault === undefined ? { row } : { row, fault };
  } catch (error) {
    return { row, fault: (error as Error).message };
  }
}

/** A failure that was expected somewhere, or waited for in vain; not one of code that does not run. */
const ownFailure = /^(?:AssertionError|LimitError|Error: Test timed out)/;

function faultOf(results: readonly TestResult[], attack: string, honest: string): string | undefined {
  const attacked = results.find(({ name }) => name === attack);
  const used = results.find(({ name }) => name === honest);
  if (!attacked || !used) return 'the tests did not run';
  if (attacked.status === 'passed') return 'the test passed';
  if (used.status !== 'passed') return `honest use broke too: ${shown(used)}`;
  return ownFailure.test(attacked.failure) ? undefined : `the test failed in another way: ${shown(attacked)}`;
}

function shown({ name, failure }: TestResult): string {
  return `${name}: ${failure.split('\n').slice(0, 4).join(' ')}`;
}
