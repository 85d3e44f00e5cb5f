import type { FuzzReport, TargetReport } from '../../e2e/fuzz/engine/report.ts';

/** How wide a line may be. */
const width = 118;

/** How each target fared: its inputs, its failures, and what they reached, most often first. */
export function formatTable({ targets, maxHeldBytes }: FuzzReport): string {
  const lines = targets.flatMap(formatTarget);
  return [...lines, `a thread held ${Math.ceil(maxHeldBytes / 2 ** 20)} MiB at most`].join('\n');
}

function formatTarget({ name, passed, failed, reached }: TargetReport): string[] {
  const labels = [...reached].sort(([, one], [, other]) => other - one).map(([label, count]) => `${label} ${count}`);
  return [`${name}: ${passed + failed} inputs, ${failed} failed`, ...wrap(labels.join(', '))];
}

function wrap(text: string): string[] {
  const pattern = new RegExp(`.{1,${width}}(?:,(?: |$)|$)`, 'g');
  return (text.match(pattern) ?? []).map((line) => `  ${line.trim()}`);
}
