import type { Curve } from '../result.ts';
import { measureCurve } from './measure-curve.ts';
import { beats, echoBesideIdle } from './idle/plans.ts';
import { received } from './received.ts';
import { workPlans } from './work/plans.ts';

/** What a message costs as its connection, its fragments, its reads or its neighbours grow in number. */
export async function measureCurves(rounds: number, tell: (line: string) => void): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const plan of [received, ...workPlans, echoBesideIdle, beats]) {
    curves.push(await measureCurve(plan, rounds));
    tell(`curve: ${plan.name}`);
  }
  return curves;
}
