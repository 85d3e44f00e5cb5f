import { inProcess } from '../run/in-process.ts';
import type { Outcome } from '../run/outcome.ts';
import { checks } from './checks.ts';
import { findRuntime } from './find-runtime.ts';
import type { CheckProject } from './project.ts';
import { endCheck, type Report, type Result, resultOf, writeReport } from './report.ts';
import type { Runtime } from './runtimes.ts';

/** A runtime that hangs is ended after so long. */
export const runLimitMs = 240_000;

/** Runs every check on a runtime, in one process of it, and keeps the report. */
export async function runChecks(runtime: Runtime, project: CheckProject, controlUrl: string): Promise<Report> {
  const { name, version, args, env } = runtime;
  const start = inProcess(async () => ({
    command: await findRuntime(runtime),
    args: [...args, project.script],
    cwd: project.folder,
    env,
    limitMs: runLimitMs,
  }));
  const runner = await start({ name, kind: 'node' }, controlUrl, [...checks.keys()]);
  const results: Result[] = [];
  for (const [index, check] of checks.entries()) {
    results.push(resultOf(name, check, await runner.run(index).catch(failed)));
  }
  const end = await runner.close().then((): Outcome => ({ ok: true, ms: 0 }), failed);
  const report = { name, version, results: [...results, resultOf(name, endCheck, end)] };
  writeReport(report);
  return report;
}

function failed(error: Error): Outcome {
  return { ok: false, ms: 0, error: error.message };
}
