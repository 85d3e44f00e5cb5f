import { afterAll, beforeAll, describe, test } from 'vitest';
import { scenarios } from '../scenarios/all.ts';
import type { Platform } from '../scenarios/bench/scenario.ts';
import { type ControlServer, startControlServer } from '../servers/control-server.ts';
import type { Outcome } from './outcome.ts';
import { type Result, writeResults } from './results.ts';

/** A platform that runs scenarios, each told by its number in the list of all. */
export interface ScenarioRunner {
  run(index: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** Starts a platform, with the numbers of the scenarios that it will be asked for. */
export type StartRunner = (
  platform: Platform,
  controlUrl: string,
  indexes: readonly number[],
) => Promise<ScenarioRunner>;

/** One test for each scenario, grouped by behaviour; `HOLDFAST_SCENARIO` picks those whose name contains it. */
export function describeScenarios(platform: Platform, start: StartRunner): void {
  const chosen = scenarios
    .map((scenario, index) => ({ ...scenario, index }))
    .filter(({ only = platform.kind }) => only === platform.kind)
    .filter(({ behaviour, name }) => `${behaviour}: ${name}`.includes(process.env.HOLDFAST_SCENARIO ?? ''));
  const behaviours = new Set(chosen.map((scenario) => scenario.behaviour));

  describe(platform.name, () => {
    const results: Result[] = [];
    let control: ControlServer;
    let runner: ScenarioRunner;
    beforeAll(async () => {
      control = await startControlServer();
      runner = await start(
        platform,
        control.url,
        chosen.map(({ index }) => index),
      );
    });
    afterAll(async () => {
      await runner?.close();
      await control.close();
      writeResults(platform.name, results);
    });

    describe.each([...behaviours])('%s', (behaviour) => {
      test.each(chosen.filter((scenario) => scenario.behaviour === behaviour))('$name', async ({ index, name }) => {
        const outcome = await runner.run(index);
        results.push({ behaviour, name, ...outcome });
        if (!outcome.ok) throw new Error(outcome.error);
      });
    });
  });
}
