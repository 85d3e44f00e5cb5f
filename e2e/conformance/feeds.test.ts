import { describe, test } from 'vitest';
import { runShortFeeds } from './run/checks.ts';
import { rowsOf, sections } from './sections/all.ts';

describe.each(sections)('$number $title', (section) => {
  const cases = rowsOf(section)
    .filter((row) => !row.isLong)
    .flatMap((row) => row.roles.map((role) => ({ row, role, name: `${row.id} ${role} in each feed: ${row.rule}` })));
  test.each(cases)('$name', ({ row, role }) => runShortFeeds(row, role));
});
