import type { Curve } from '../result.ts';
import { spreadOf } from '../spread.ts';
import { turned } from '../turned.ts';
import type { CurvePlan, CurveStage } from './curve-plan.ts';

type Point = Curve['series'][string][number];

/** Measures a curve step by step; at each, all series take turns, once each has warmed up. */
export async function measureCurve(plan: CurvePlan, rounds: number): Promise<Curve> {
  const series: Record<string, Point[]> = Object.fromEntries(plan.series.map((name) => [name, []]));
  const stage = await plan.open();
  try {
    for (const x of plan.points) {
      const names = plan.series.filter((name) => x <= (plan.last?.[name] ?? Number.POSITIVE_INFINITY));
      await stage.step(x);
      for (const [name, values] of await measureStep(stage, names, x, rounds)) {
        const { median: y, low, high } = spreadOf(values);
        series[name]!.push({ x, y, low, high });
      }
    }
  } finally {
    await stage.close();
  }
  const { name, x, y } = plan;
  return { name, x, y, series };
}

async function measureStep(
  stage: CurveStage,
  names: readonly string[],
  x: number,
  rounds: number,
): Promise<Map<string, number[]>> {
  const found = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of turned(names, round)) {
      const value = await stage.round(name, x);
      if (round > 0) found.get(name)!.push(value);
    }
  }
  return found;
}
