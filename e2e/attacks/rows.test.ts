import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attackPage, pageFile } from '../../scripts/attacks/page.ts';
import { withoutGuard } from '../../scripts/attacks/patch.ts';
import { house } from '../../scripts/house.ts';
import { published } from './published.ts';
import type { Theme } from './row.ts';
import { allRows, themes } from './rows.ts';

const read = (file: string) => readFileSync(join(house, file), 'utf8');

describe('the table of attacks', () => {
  test('has a row for every published flaw, and none twice', () => {
    const ids = allRows.map(({ id }) => id);
    expect(published.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.for(themes as readonly Theme[])('has one test for each of its rows about $name', ({ name, rows }) => {
    const text = read(`e2e/attacks/${name}.test.ts`);
    const tested = Array.from(text.matchAll(/^attack\('([^']+)'/gm), ([, id]) => id);
    expect(tested).toHaveLength(rows.length);
    expect(new Set(tested)).toEqual(new Set(rows.map(({ id }) => id)));
    expect(text.split(`honest('${name}'`)).toHaveLength(2);
  });

  test.for(allRows)('names the guard against $id as it stands in its file', ({ guard }) => {
    const text = read(guard.file);
    expect(withoutGuard(text, guard)).not.toBe(text);
  });

  test('is what the page shows; npm run attacks -- --write writes it', () => {
    const page = read(pageFile);
    expect(attackPage(page)).toBe(page);
  });
});
