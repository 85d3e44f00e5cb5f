import { expect } from 'chai';
import type { Bench } from '../ends/bench.ts';
import { echo } from './echo.ts';

/** Shows that a peer which is said not to follow a command does not, and that the line is none the worse for it. */
export async function checkCannot(bench: Bench, command: string): Promise<void> {
  const line = await bench.open();
  line.order(command);
  expect(await line.told('failed')).to.have.property('what');
  await echo(line, 'still there');
}
