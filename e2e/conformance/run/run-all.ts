import type { Row, Section } from '../row/row.ts';
import { rowsOf } from '../sections/all.ts';
import { checksOf } from './checks.ts';
import { Results } from './results.ts';
import { Sides } from './run-row.ts';

/** Runs all checks of these sections, whose rows `isChosen` takes, and tells lines as it goes. */
export async function runAll(
  sections: readonly Section[],
  isChosen: (row: Row) => boolean,
  tell: (line: string) => void,
): Promise<Results> {
  const results = new Results();
  const sides = new Sides();
  for (const section of sections) {
    const rows = rowsOf(section).filter(isChosen);
    if (rows.length === 0) continue;
    const { passedRuns, failedRuns } = results;
    for (const row of rows) await runRow(row, sides, results, tell);
    const passed = results.passedRuns - passedRuns;
    const failed = results.failedRuns - failedRuns;
    const name = `${section.number} ${section.title}`;
    tell(`${name.padEnd(24)} ${rows.length} rows, ${passed} passed, ${failed} failed`);
  }
  await sides.close();
  return results;
}

async function runRow(row: Row, sides: Sides, results: Results, tell: (line: string) => void): Promise<void> {
  for (const check of checksOf(row)) {
    try {
      await check.run(sides);
      results.add(check, true);
    } catch (error) {
      results.add(check, false);
      tell((error as Error).message);
    }
  }
}
