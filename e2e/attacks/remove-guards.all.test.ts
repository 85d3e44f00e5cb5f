import { expect, test } from 'vitest';
import { jobsOf, removeGuards } from '../../scripts/attacks/remove-guards.ts';
import type { Guard } from './row.ts';
import { allRows } from './rows.ts';

const limit = { timeout: 15 * 60_000 };

test('the test of every attack fails when its guard is taken out', limit, async () => {
  const verdicts = await removeGuards(jobsOf());
  expect(verdicts.filter(({ fault }) => fault !== undefined)).toEqual([]);
  expect(verdicts).toHaveLength(allRows.length);
});

const [job] = jobsOf(['CVE-2026-1528']);
const { file } = job!.row.guard;
const check = 'if (payloadBytes > this.#maxFrameBytes && !isControl(header.opcode)) throw';

test.for<Guard & { readonly says: string }>([
  { file, remove: 'no such text', instead: '', says: 'guard not found: update the row' },
  { file, remove: 'this', instead: '', says: 'guard not found: update the row' },
  { file, remove: check, instead: ` ${check}`, says: 'the test passed' },
  { file, remove: check, instead: 'if (', says: 'Unexpected' },
  { file, remove: check, instead: 'if (missing) throw', says: 'honest use broke too' },
  {
    file,
    remove: check,
    instead: 'if (payloadBytes > 2 ** 30) throw missing; else if (false) throw',
    says: 'in another way',
  },
])('a guard that is taken out like this shows nothing: $says', limit, async ({ says, ...guard }) => {
  const [verdict] = await removeGuards([{ theme: job!.theme, row: { ...job!.row, guard } }]);
  expect(verdict?.fault).toContain(says);
});

test('an identifier that no row has is refused', () => {
  expect(() => jobsOf(['CVE-0000-0000'])).toThrow('no rows: CVE-0000-0000');
});
