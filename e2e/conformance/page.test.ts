import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { checksOf } from './run/checks.ts';
import { pagePath, renderPage } from './run/render-page.ts';
import { Results } from './run/results.ts';
import { rows, sections } from './sections/all.ts';

/** The results of a run in which all went well, but for these. */
function resultsBut(...failing: string[]): Results {
  const results = new Results();
  for (const check of rows.flatMap(checksOf)) {
    results.add(check, !failing.includes(`${check.row.id} ${check.role} ${check.way}`));
  }
  return results;
}

test('the page in docs is that of the rows as they are, all of which pass; `npm run conformance -- --write` writes it', () => {
  const results = resultsBut();
  expect(readFileSync(`${house}/${pagePath}`, 'utf8')).toBe(renderPage(sections, (row) => results.of(row)));
});

test('the page names every row once', () => {
  const results = resultsBut();
  const page = renderPage(sections, (row) => results.of(row));
  const ids = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \|/gm)].map(([, id]) => id);
  expect(ids).toEqual(rows.map(({ id }) => id));
});

test('a row that fails shows on the page, where it fails', () => {
  const results = resultsBut('1.1.1 server TCP', '1.1.2 client feeds');
  expect(results.of(rows[0]!)).toEqual({ client: 'pass', server: 'FAIL', feeds: 'pass' });
  expect(results.of(rows[1]!)).toEqual({ client: 'pass', server: 'pass', feeds: 'FAIL' });
  expect(renderPage(sections, (row) => results.of(row))).toContain('| pass | FAIL | pass |');
  expect(results.failedRuns).toBe(4);
});

test('there are at least 850 rows, each with a rule of its own', () => {
  expect(rows.length).toBeGreaterThanOrEqual(850);
  expect(new Set(rows.map(({ rule }) => rule)).size).toBe(rows.length);
});
