import { describe, expect, test } from 'vitest';
import { breaches } from './breaches.ts';
import { inHouseCopy } from './house-copy.ts';

describe.concurrent('a house check', () => {
  test.for(breaches)('catches $name', async ({ caughtBy, says, plant }) => {
    const complaint = await inHouseCopy((copy) => {
      plant(copy);
      return caughtBy.run(copy);
    });
    expect(complaint ?? 'no complaint').toContain(says);
  });

  const checks = [...new Set(breaches.map(({ caughtBy }) => caughtBy))];
  test.for(checks)('has nothing against the house as it is: $name', async (check) => {
    expect(await inHouseCopy((copy) => check.run(copy))).toBeUndefined();
  });
});
