import type { Plan, Sample, Stage } from './plan.ts';
import type { ContenderName, Row } from './result.ts';
import { rowOf } from './row.ts';
import { turned } from './turned.ts';

/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  /** How long a round is to take, about, in ms. */
  readonly roundMs: number;
}

/** Counts are raised until a round takes this part of what it is to take, each time by no more than this, and so often. */
const longEnough = 0.5;
const mostRise = 50;
const mostRises = 12;

/** Lets all contenders run in turn, round after round, once each has warmed up; answers the rows of the plan. */
export async function measure(plan: Plan, { rounds, roundMs }: Extent): Promise<Row[]> {
  const stage = await plan.open();
  try {
    const counts = new Map<ContenderName, number>();
    for (const name of plan.contenders) {
      counts.set(name, plan.isCountFixed ? plan.firstCount : await warmUp(stage, name, plan.firstCount, roundMs));
    }
    const samples = new Map(plan.contenders.map((name) => [name, [] as Sample[]]));
    for (let round = 0; round < rounds; round++) {
      for (const name of turned(plan.contenders, round)) {
        samples.get(name)!.push(await stage.round(name, counts.get(name)!));
      }
    }
    return plan.rows.map((row) => rowOf(row, samples));
  } finally {
    await stage.close();
  }
}

/**
 * Runs rounds that do not count, until one is long enough, and one more; answers how many operations a round has then. Each
 * contender has its own count, because rates are compared: with ours, the rounds of slow ones would take minutes.
 */
async function warmUp(stage: Stage, name: ContenderName, firstCount: number, roundMs: number): Promise<number> {
  let count = firstCount;
  let isLong = false;
  for (let rise = 0, isLast = false; rise < mostRises && !isLast; rise++) {
    isLast = isLong;
    const { ms } = await stage.round(name, count);
    isLong = ms >= longEnough * roundMs;
    count = Math.max(1, Math.ceil(count * Math.min(mostRise, roundMs / ms)));
  }
  return count;
}
