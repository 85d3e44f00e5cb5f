import process from 'node:process';
import { scenarios } from '../scenarios/all.ts';
import { outcomeOf, strayFaults } from './outcome.ts';

/** Runs the scenarios whose numbers come on the command line; one line of JSON for each that ended. */
async function runAll(): Promise<void> {
  const [name = '', controlUrl = '', numbers = ''] = process.argv.slice(2);
  process.on('uncaughtException', (error) => strayFaults.push(error));
  process.on('unhandledRejection', (reason) => strayFaults.push(reason));
  for (const index of numbers.split(',').map(Number)) {
    const scenario = scenarios[index];
    if (!scenario) throw new Error(`there is no scenario ${index}`);
    const outcome = await outcomeOf(scenario, { name, kind: 'node' }, controlUrl);
    process.stdout.write(`${JSON.stringify({ index, ...outcome })}\n`);
  }
}

void runAll();
