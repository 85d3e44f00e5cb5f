import { expect, test } from 'vitest';
import { jobsOf, removeGuards } from '../../scripts/attacks/remove-guards.ts';
import { allRows } from './rows.ts';

const limit = { timeout: 15 * 60_000 };

test('the test of every attack fails when its guard is taken out', limit, async () => {
  const verdicts = await removeGuards(jobsOf());
  expect(verdicts.filter(({ fault }) => fault !== undefined)).toEqual([]);
  expect(verdicts).toHaveLength(allRows.length);
});

const length = 'CVE-2026-1528';
const lengthCheck = 'if (payloadBytes > this.#maxFrameBytes && !isControl(opcode)) throw';
const growth = 'CVE-2023-43669';
const grown = 'const grown = new Uint8Array(2 * end);';

test.for([
  { name: 'text that is not there', id: length, remove: 'no such text', instead: '', says: 'guard not found' },
  { name: 'text that is there twice', id: length, remove: 'this', instead: '', says: 'guard not found' },
  { name: 'code that does the same', id: length, remove: lengthCheck, instead: ` ${lengthCheck}`, says: 'passed' },
  { name: 'code that cannot be built', id: length, remove: lengthCheck, instead: 'if (', says: 'Transform failed' },
  { name: 'code that breaks everything', id: length, remove: lengthCheck, instead: 'throw', says: 'honest use broke' },
  { name: 'code that fails by itself', id: growth, remove: grown, instead: 'missing();', says: 'in another way' },
])('$name shows nothing of a guard', limit, async ({ id, remove, instead, says }) => {
  const [job] = jobsOf([id]);
  const { theme, row } = job!;
  const guard = { file: row.guard.file, remove, instead };
  const [verdict] = await removeGuards([{ theme, row: { ...row, guard } }]);
  expect(verdict?.fault ?? 'no fault').toContain(says);
});

test('an identifier that no row has is refused', () => {
  expect(() => jobsOf(['CVE-0000-0000'])).toThrow('no rows: CVE-0000-0000');
});
