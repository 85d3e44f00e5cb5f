import process from 'node:process';
import { type Outcome, strayFaults } from './outcome.ts';

/** Runs what the command line asks for by number, one after the other; a line of JSON for each that ended. */
export async function runInTurn(
  run: (index: number, platformName: string, controlUrl: string) => Promise<Outcome>,
): Promise<void> {
  const [name = '', controlUrl = '', numbers = ''] = process.argv.slice(2);
  process.on('uncaughtException', (error) => strayFaults.push(error));
  process.on('unhandledRejection', (reason) => strayFaults.push(reason));
  for (const index of numbers.split(',').map(Number)) {
    const outcome = await run(index, name, controlUrl);
    process.stdout.write(`${JSON.stringify({ index, ...outcome })}\n`);
  }
}
