import { afterAll, describe, test } from 'vitest';
import { isShort, runLongFeed } from './run/checks.ts';
import { runFeeds, Sides } from './run/run-row.ts';
import { rows } from './sections/all.ts';

const timeoutMs = 600_000;
const sides = new Sides();
afterAll(() => sides.close());

const inRoles = rows.flatMap((row) => row.roles.map((role) => ({ row, role, name: `${row.id} ${role}: ${row.rule}` })));

describe('long rows over TCP', () => {
  test.each(inRoles.filter(({ row }) => row.isLong))('$name', ({ row, role }) => sides.runTcp(row, role), timeoutMs);
});

describe('long rows in each feed', () => {
  test.each(inRoles.filter(({ row }) => row.isLong))('$name', ({ row, role }) => runFeeds(row, role), timeoutMs);
});

describe('large rows byte by byte', () => {
  const large = inRoles.filter(({ row }) => !row.isLong && !isShort(row));
  test.each(large)('$name', ({ row, role }) => runLongFeed(row, role), timeoutMs);
});
