// Ours beside ws, undici and the bare socket: `npm run bench`. With words, only what has them all in a row's name or group;
// `--rounds N`, `--json FILE`; `--round-ms N` and `--most N`, the last step of a curve, to try it out in less time.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { browserPlans } from './browser/plans.ts';
import { chromiumVersion } from './browser/version.ts';
import { connectionPlans } from './connections/plans.ts';
import { measureCurves } from './curves/curves.ts';
import { formatCurve } from './curves/table.ts';
import { deliveryPlans } from './delivery/plans.ts';
import { flowPlans } from './flow/plans.ts';
import { machine } from './machine.ts';
import { maskPlans } from './masks/plans.ts';
import { measure } from './measure.ts';
import { memoryPlans } from './memory/plans.ts';
import type { Plan } from './plan.ts';
import type { BenchResult, Curve, Row } from './result.ts';
import { serverPlans } from './server/plans.ts';
import { formatGroup } from './table.ts';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    'round-ms': { type: 'string', default: '250' },
    most: { type: 'string', default: String(2 ** 20) },
    json: { type: 'string' },
  },
});
const extent = { rounds: atLeastOne('rounds'), roundMs: atLeastOne('round-ms') };

const plans: readonly Plan[] = [
  ...flowPlans,
  ...connectionPlans,
  ...memoryPlans,
  ...serverPlans,
  ...deliveryPlans,
  ...maskPlans,
  ...browserPlans,
];
const tell = (line: string) => void process.stderr.write(`${line}\n`);
const { date, node, cpu, cores, versions } = machine();
console.log(
  `Node ${node}, ${cores} × ${cpu}, medians of ${extent.rounds} rounds; × is ours by theirs (lowest–highest)`,
);

const rows = await measurePlans(plans.filter(isChosen));
const curves = await measureCurves(
  { rounds: extent.rounds, most: atLeastOne('most'), isChosen: (name) => isMeant('curve', name) },
  showCurve,
);
if (rows.length + curves.length === 0) tell(`no row has ${words.join(' and ')}`);
const browser = rows.some(({ group }) => group === 'browser') ? { chromium: await chromiumVersion() } : {};
const result: BenchResult = {
  date,
  node,
  cpu,
  cores,
  rounds: extent.rounds,
  versions: { ...versions, ...browser },
  rows,
  curves,
};
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, undefined, 1)}\n`);

/** Measures one plan after the other, and shows each group once it is complete. */
async function measurePlans(chosen: readonly Plan[]): Promise<Row[]> {
  const measured: Row[] = [];
  for (const group of new Set(chosen.map(groupOf))) {
    const found: Row[] = [];
    for (const plan of chosen.filter((one) => groupOf(one) === group)) {
      found.push(...(await measure(plan, extent)));
      tell(plan.rows.map(({ name }) => name).join('; '));
    }
    show(group, found);
    measured.push(...found);
  }
  return measured;
}

function show(group: Row['group'], found: readonly Row[]): void {
  console.log(`\n${formatGroup(group, found)}`);
}

function showCurve(curve: Curve): void {
  console.log(`\n${formatCurve(curve)}`);
  tell(curve.name);
}

function groupOf(plan: Plan): Row['group'] {
  return plan.rows[0]!.group;
}

function isChosen({ rows: planned }: Plan): boolean {
  return planned.some(({ group, name }) => isMeant(group, name));
}

function isMeant(group: string, name: string): boolean {
  return words.every((word) => `${group} ${name}`.includes(word));
}

function atLeastOne(name: 'rounds' | 'round-ms' | 'most'): number {
  const value = Number(values[name]);
  if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name} ${values[name]}: a whole number from 1 on`);
  return value;
}
