import { availableParallelism } from 'node:os';
import { house } from '../house.ts';
import { checks } from './all.ts';
import type { Check } from './check.ts';

/** Runs every check, as many at once as there are cores, prints a line for each and answers how many held. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = [...checks];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await holds(check))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { passed: checks.length - failed, failed };
}

async function holds(check: Check): Promise<boolean> {
  const startedMs = performance.now();
  const fault = await check.run(house).catch((error: unknown) => String(error));
  const tookMs = Math.round(performance.now() - startedMs);
  console.log(`${check.name.padEnd(20)} ${fault === undefined ? 'ok    ' : 'failed'} ${String(tookMs).padStart(6)} ms`);
  if (fault !== undefined) console.log(fault);
  return fault === undefined;
}
