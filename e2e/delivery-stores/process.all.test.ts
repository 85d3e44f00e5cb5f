import { expect, it } from 'vitest';
import { runKills } from './kill-run.ts';

it('a process with a file, 50 times killed and started again: nothing lost, doubled or out of order', async () => {
  await expect(runKills({ count: 200_000, kills: 50 })).resolves.toBeUndefined();
}, 300_000);
