import type { Curve } from '../result.ts';
import { idleMemory } from './idle/memory.ts';
import { clientBeats, echoBesideIdle, serverBeats } from './idle/plans.ts';
import { measureCurve } from './measure-curve.ts';
import { received } from './received.ts';
import { workPlans } from './work/plans.ts';

/** Which curves are measured, and how far. */
export interface CurveExtent {
  readonly rounds: number;
  /** No step is beyond this. */
  readonly most: number;
  readonly isChosen: (name: string) => boolean;
}

/** What a message costs as messages, fragments, reads and neighbours grow in number; tells each curve when it is there. */
export async function measureCurves(
  { rounds, most, isChosen }: CurveExtent,
  tell: (curve: Curve) => void,
): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const plan of [received, ...workPlans, echoBesideIdle, serverBeats, clientBeats, idleMemory]) {
    if (!isChosen(plan.name)) continue;
    const points = plan.points.filter((x) => x <= most);
    const curve = await measureCurve({ ...plan, points }, rounds);
    tell(curve);
    curves.push(curve);
  }
  return curves;
}
