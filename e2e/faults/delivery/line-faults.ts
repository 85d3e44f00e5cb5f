import type { Random } from '../../fuzz/engine/random.ts';
import type { Direction, FaultLine } from '../line/fault-line.ts';
import type { FaultProxy } from '../line/fault-proxy.ts';

/** A fault that ends the line that carries at the time, sooner or later. */
export interface LineFault {
  readonly name: string;
  /** How many lines it ends. Default 1. */
  readonly ends?: number;
  readonly happen: (line: FaultLine, proxy: FaultProxy, random: Random) => unknown;
}

const directions: readonly Direction[] = ['toServer', 'toClient'];

/** All that can happen to a line, the quick ones more often: a line that falls silent takes a heartbeat to be found. */
export const lineFaults: readonly LineFault[] = [
  { name: 'drop', happen: (line) => line.drop() },
  { name: 'reset', happen: (line) => line.reset() },
  { name: 'cut within a message', happen: cutSoon },
  { name: 'cut within a message', happen: cutSoon },
  { name: 'split, and then cut', happen: splitAndCut },
  { name: 'refused for a while', happen: refuseForAWhile },
  { name: 'cut in the greeting of the next line', ends: 2, happen: cutGreeting },
  { name: 'stall', happen: (line) => line.stall() },
  { name: 'stall in one direction', happen: (line, _, random) => line.stall(random.pick(directions)) },
];

function cutSoon(line: FaultLine, _: FaultProxy, random: Random): void {
  line.cutAfter(1 + random.below(20_000), random.pick(directions));
}

function splitAndCut(line: FaultLine, _: FaultProxy, random: Random): void {
  line.split([1 + random.below(7), 1 + random.below(1_000)]);
  line.cutAfter(1 + random.below(5_000), random.pick(directions));
}

async function refuseForAWhile(line: FaultLine, proxy: FaultProxy): Promise<void> {
  proxy.refuse();
  line.drop();
  await proxy.accept();
}

/** Of the next line so little passes that it ends before or within what both ends say first. */
async function cutGreeting(line: FaultLine, proxy: FaultProxy, random: Random): Promise<void> {
  const next = proxy.line(proxy.lines.length + 1);
  line.drop();
  (await next).cutAfter(1 + random.below(400), random.pick(directions));
}
