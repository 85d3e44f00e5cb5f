import { type Finding, formatFinding } from '../../e2e/fuzz/engine/finding.ts';
import { countsOf, findingsOf, type FuzzReport } from '../../e2e/fuzz/engine/report.ts';
import type { RunCommand } from './read-arguments.ts';

/** How often a line is told, in ms. */
const everyMs = 10_000;

/** Tells each finding, and a line now and then: how many inputs ran, how fast, what was found, and what is left. */
export function createProgress(
  { inputs, forMs }: Pick<RunCommand, 'inputs' | 'forMs'>,
  tell: (line: string) => void,
): (report: FuzzReport) => void {
  const startMs = performance.now();
  let toldMs = startMs;
  const told = new Set<Finding>();
  return (report) => {
    const findings = findingsOf(report);
    for (const finding of findings.filter((one) => !told.has(one))) {
      tell(formatFinding(finding));
      told.add(finding);
    }
    const nowMs = performance.now();
    if (nowMs - toldMs < everyMs) return;
    toldMs = nowMs;
    const { passed, failed } = countsOf(report);
    const done = passed + failed;
    const perMs = done / (nowMs - startMs);
    const leftMs = Math.min(
      forMs === undefined ? Infinity : startMs + forMs - nowMs,
      inputs === undefined ? Infinity : (inputs - done) / perMs,
    );
    tell(`${done} inputs, ${Math.round(perMs * 1000)}/s, ${findings.length} findings, ${formatTime(leftMs)} left`);
  };
}

function formatTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
