// Ours against ws, undici and the bare socket: `npm run bench`. With words, only the workloads that have them all; `--rounds N`.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { contenderNames, type FlowResult, measureFlow, medianOf } from './flow/measure.ts';
import { nameOf, workloads } from './flow/workload.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const chosen = workloads.filter((workload) => positionals.every((word) => nameOf(workload).includes(word)));
const width = 26;

console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, medians of ${values.rounds} rounds`,
);
console.log(`${''.padEnd(width)}${contenderNames.map((name) => name.padStart(22)).join('')}`);
await measureFlow(chosen, Number(values.rounds), tell);

function tell({ workload, rounds }: FlowResult): void {
  const ours = medianOf(rounds.holdfast, ({ ms }) => ms);
  const cells = contenderNames.map((name) => {
    const ms = medianOf(rounds[name], (round) => round.ms);
    const perSecond = workload.count / (ms / 1e3);
    const shown = perSecond >= 1e5 ? `${(perSecond / 1e6).toFixed(2)} M/s` : `${(perSecond / 1e3).toFixed(1)} k/s`;
    return `${shown} (${(ms / ours).toFixed(2)})`.padStart(22);
  });
  console.log(`${nameOf(workload).padEnd(width)}${cells.join('')}`);
}
