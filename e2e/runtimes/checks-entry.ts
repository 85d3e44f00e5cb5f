import { HoldfastError } from '@holdfast/node';
import { Sides } from '../conformance/run/run-row.ts';
import { runInTurn } from '../run/in-turn.ts';
import { outcomeOf } from '../run/outcome.ts';
import { checks } from './checks.ts';
import { differenceIn } from './differences.ts';

/** Ends by itself, or something of ours keeps the process alive. */
async function runAll(): Promise<void> {
  const sides = new Sides();
  await runInTurn((index, runtimeName, controlUrl) => {
    const check = checks[index];
    if (!check) throw new Error(`there is no check ${index}`);
    const run = () => check.run({ runtimeName, controlUrl, sides });
    const difference = differenceIn(runtimeName, check.name);
    return outcomeOf(difference ? () => expectError(run, difference.code) : run);
  });
  await sides.close();
}

/** A difference is told by an error with this code; one that is there no more has no place in the list. */
async function expectError(run: () => Promise<void>, code: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof HoldfastError && error.code === code) return;
    throw error;
  }
  throw new Error(`this holds here after all, and was to fail with ${code}`);
}

void runAll();
