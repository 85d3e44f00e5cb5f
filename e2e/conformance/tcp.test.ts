import { afterAll, describe, test } from 'vitest';
import { Sides } from './run/run-row.ts';
import { rowsOf, sections } from './sections/all.ts';

const sides = new Sides();
afterAll(() => sides.close());

describe.each(sections)('$number $title', (section) => {
  const cases = rowsOf(section)
    .filter((row) => !row.isLong)
    .flatMap((row) => row.roles.map((role) => ({ row, role, name: `${row.id} ${role} over TCP: ${row.rule}` })));
  test.each(cases)('$name', ({ row, role }) => sides.runTcp(row, role));
});
