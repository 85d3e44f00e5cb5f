import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { browserDifferences, nodeDifferences, ownDifferences } from './known-differences.ts';

const guide = readFileSync(new URL('../../docs/guide/web-socket.md', import.meta.url), 'utf8');

test('the guide tells every difference that is known, and no other', () => {
  const lists = [browserDifferences, nodeDifferences, ownDifferences].flatMap((byName) => Object.values(byName));
  const known = new Set(lists.flat().map(({ says }) => says));
  const table = guide.slice(guide.indexOf('## Where others differ'));
  const told = [...table.matchAll(/^\| \w[^|]* \| (.+) \|$/gm)].map(([, says]) => says);
  expect(new Set(told)).toEqual(known);
});
