import { test } from 'vitest';
import { honestTestName, testName } from './row.ts';
import { allRows, type themes } from './rows.ts';

/** The test of a row of the table, which gives it its name. */
export function attack(id: string, run: () => void | Promise<void>): void {
  const row = allRows.find((other) => other.id === id);
  if (!row) throw new Error(`no row of e2e/attacks/rows.ts is ${id}`);
  test(testName(row), run);
}

/** The test of a theme that no missing guard may break: without it a patch that breaks everything would look right. */
export function honest(theme: (typeof themes)[number]['name'], run: () => void | Promise<void>): void {
  test(honestTestName(theme), run);
}
