import { median } from './median.ts';
import type { RowPlan, Sample } from './plan.ts';
import type { ContenderName, Figure, Row, Spread } from './result.ts';
import { spreadOf } from './spread.ts';

/** A row of the rounds of all its contenders, ours the first; the n-th of one and of another were run next to each other. */
export function rowOf(plan: RowPlan, samples: ReadonlyMap<ContenderName, readonly Sample[]>): Row {
  const { figureOf, ...said } = plan;
  const [ours, ...others] = [...samples].map(([name, rounds]) => ({ name, values: rounds.map(figureOf) }));
  const figures: Partial<Record<ContenderName, Figure>> = {};
  for (const [name, rounds] of samples) figures[name] = { ...spreadOf(rounds.map(figureOf)), ...cpuOf(rounds) };
  const ratios: Partial<Record<ContenderName, Spread>> = {};
  for (const { name, values } of others) ratios[name] = spreadOf(ours!.values.map((own, at) => own / values[at]!));
  return { ...said, figures, ratios };
}

function cpuOf(rounds: readonly Sample[]): { cpuUs?: number } {
  if (rounds.some(({ cpuMs }) => cpuMs === undefined)) return {};
  return { cpuUs: median(rounds.map(({ cpuMs, count }) => (cpuMs! * 1e3) / count)) };
}
