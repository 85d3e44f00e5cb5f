import type { Sides } from '../conformance/run/run-row.ts';
import { rowsOf, sections } from '../conformance/sections/all.ts';
import { runScenario } from '../scenarios/bench/run-scenario.ts';
import { scenarios } from '../scenarios/all.ts';
import { parts } from './parts/all.ts';

/** The three kinds of checks, in the order in which they run. */
export const suites = ['scenarios', 'rows', 'parts'] as const;
export type Suite = (typeof suites)[number];

/** What a check is handed by the process that runs it. */
export interface CheckBench {
  readonly runtimeName: string;
  readonly controlUrl: string;
  readonly sides: Sides;
}

/** One thing that holds on every runtime. */
export interface Check {
  readonly suite: Suite;
  /** A behaviour, a section, or a part. */
  readonly group: string;
  readonly name: string;
  run(bench: CheckBench): Promise<void>;
}

const ofScenarios = scenarios
  .filter(({ only = 'node' }) => only === 'node')
  .map(
    (scenario): Check => ({
      suite: 'scenarios',
      group: scenario.behaviour,
      name: scenario.name,
      run: ({ runtimeName, controlUrl }) => runScenario(scenario, { name: runtimeName, kind: 'node' }, controlUrl),
    }),
  );

const ofRows = sections.flatMap((section) =>
  rowsOf(section)
    .filter(({ isLong }) => !isLong)
    .flatMap((row) =>
      row.roles.map(
        (role): Check => ({
          suite: 'rows',
          group: `${section.number} ${section.title}`,
          name: `${row.id} ${role}: ${row.rule}`,
          run: ({ sides }) => sides.runTcp(row, role),
        }),
      ),
    ),
);

const ofParts = parts.map(({ part, name, run }): Check => ({ suite: 'parts', group: part, name, run: () => run() }));

/** Every check, each told by its place. */
export const checks: readonly Check[] = [...ofScenarios, ...ofRows, ...ofParts];
