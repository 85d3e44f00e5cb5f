import { expect, test } from 'vitest';
import { formatMarathon, runMarathon } from './marathon.ts';

/** A window and a mark of both ends, and what the line and its proxy hold. */
const heldBytes = 32 * 2 ** 20;

test('100,000 messages each way arrive once and in order through 200 random faults of the line, in bounded memory', {
  timeout: 600_000,
}, async () => {
  const seed = process.env['HOLDFAST_SEED'] ?? String(Date.now());
  const marathon = await runMarathon({ messages: 100_000, faults: 200, length: 1_000, seed });
  console.log(`seed ${seed}: ${formatMarathon(marathon)}`);
  const allThere = { sent: 100_000, delivered: 100_000, lost: 0, doubled: 0, outOfOrder: 0 };
  expect(marathon).toMatchObject({ toServer: allThere, toClient: allThere, forgotten: 0, dropped: 0 });
  expect(marathon.lines).toBeGreaterThan(200);
  expect(marathon.mostBuffered).toBeLessThan(2 ** 20);
  // All messages together have 200 MB.
  expect(marathon.grownBytes).toBeLessThan(heldBytes);
});
