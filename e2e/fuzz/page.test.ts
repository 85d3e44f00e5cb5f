import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { foundRows } from './found/rows.ts';
import { targets } from './targets/all.ts';

const page = readFileSync(new URL('../../docs/fuzzing.md', import.meta.url), 'utf8');

describe('the page about fuzzing', () => {
  test('has a row for every target', () => {
    for (const { name } of targets) expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| .+ \\| .+ \\|$`, 'm'));
  });

  test('lists what was found, and nothing else', () => {
    const [, listed = ''] = page.split('## What it has found');
    const rows = [...listed.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, target, name]) => ({ target, name }));
    expect(rows).toEqual(foundRows.map(({ target, name }) => ({ target, name })));
  });
});
