import { runScenario } from '../scenarios/bench/run-scenario.ts';
import type { Platform, Scenario } from '../scenarios/bench/scenario.ts';

/** How a scenario ended, as plain data that comes back from any platform. */
export interface Outcome {
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
}

/** Faults that no promise and no `try` took; whoever runs scenarios puts them in. */
export const strayFaults: unknown[] = [];

/** Runs a scenario and answers how it ended. */
export function scenarioOutcome(scenario: Scenario, platform: Platform, controlUrl: string): Promise<Outcome> {
  return outcomeOf(() => runScenario(scenario, platform, controlUrl));
}

/** Runs this and answers how it ended; a fault that escaped meanwhile makes it fail. */
export async function outcomeOf(run: () => Promise<void>): Promise<Outcome> {
  strayFaults.length = 0;
  const start = performance.now();
  const ms = () => Math.round(performance.now() - start);
  try {
    await run();
  } catch (error) {
    return { ok: false, ms: ms(), error: describeFault(error) };
  }
  if (strayFaults.length === 0) return { ok: true, ms: ms() };
  return { ok: false, ms: ms(), error: `escaped: ${strayFaults.map(describeFault).join('\n')}` };
}

/** Message and stack; some engines leave the message out of the stack. */
function describeFault(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line));
  return [`${fault.name}: ${fault.message}`, ...frames.slice(0, 8)].join('\n');
}
