import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { differences } from './differences.ts';
import { pagePath, renderPage } from './render-page.ts';
import { asked, type Report, resultOf } from './report.ts';
import { runtimes } from './runtimes.ts';

/** The reports of a run in which all went well, but for the checks of these names. */
function reportsBut(...failing: string[]): Report[] {
  return runtimes.map(({ name, version }) => ({
    name,
    version,
    results: asked.map((check) => resultOf(name, check, { ok: !failing.includes(check.name), ms: 1 })),
  }));
}

describe('the page of the runtimes', () => {
  const page = readFileSync(`${house}/${pagePath}`, 'utf8');

  test('names each runtime in the version that runs here, and everything that differs', () => {
    for (const { name, version } of runtimes) expect(page).toContain(`| ${name} | ${version} |`);
    for (const { runtime, check } of differences) expect(page).toContain(`| ${runtime} | ${check} |`);
    for (const { reason } of differences) expect(page).toContain(reason);
  });

  test('shows nothing that failed', () => {
    expect(page).not.toContain('failed**');
  });

  test('shows what went wrong', () => {
    const { name, group } = asked[0]!;
    const written = renderPage(reportsBut(name));
    const same = asked.filter((check) => check.group === group).length;
    expect(written).toContain('| **1 failed** |');
    expect(written).toContain(`| ${group} | ${same - 1} of ${same} |`);
    expect(renderPage(reportsBut())).not.toContain('failed**');
  });

  test('counts what differs with neither what passed nor what failed', () => {
    const parts = asked.filter(({ suite }) => suite === 'parts').length;
    const line = /^\| Deno \|.*$/m.exec(renderPage(reportsBut()))![0];
    const own = differences.filter(({ runtime }) => runtime === 'Deno').length;
    expect(line).toContain(`| ${parts - own} of ${parts} | ${own} differ, see below |`);
  });
});

describe('a difference', () => {
  test.each(differences)('$runtime, $check: is of one check and one runtime that there are', ({ runtime, check }) => {
    expect(asked.filter(({ name }) => name === check)).toHaveLength(1);
    expect(runtimes.filter(({ name }) => name === runtime)).toHaveLength(1);
  });
});
