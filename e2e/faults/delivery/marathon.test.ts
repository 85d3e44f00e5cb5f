import { expect, test } from 'vitest';
import { formatMarathon, runMarathon } from './marathon.ts';

test('1,000 messages each way arrive once and in order through 10 random faults of the line', async () => {
  const seed = process.env['HOLDFAST_SEED'] ?? 'npm test';
  const marathon = await runMarathon({ messages: 1_000, faults: 10, length: 1_000, seed });
  console.log(`seed ${seed}: ${formatMarathon(marathon)}`);
  const allThere = { sent: 1_000, delivered: 1_000, lost: 0, doubled: 0, outOfOrder: 0 };
  expect(marathon).toMatchObject({ toServer: allThere, toClient: allThere, forgotten: 0, dropped: 0 });
  expect(marathon.lines).toBeGreaterThan(10);
});
