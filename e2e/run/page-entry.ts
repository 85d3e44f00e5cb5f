import { scenarios } from '../scenarios/all.ts';
import type { Platform } from '../scenarios/bench/scenario.ts';
import { type Outcome, scenarioOutcome, strayFaults } from './outcome.ts';

/** What the page offers to whoever drives it. */
export interface ScenarioPage {
  run(index: number, platform: Platform, controlUrl: string): Promise<Outcome>;
}

const page: ScenarioPage = {
  run: (index, platform, controlUrl) => {
    const scenario = scenarios[index];
    if (!scenario) throw new Error(`there is no scenario ${index}`);
    return scenarioOutcome(scenario, platform, controlUrl);
  },
};

addEventListener('error', (event) => strayFaults.push(event.error ?? event.message));
addEventListener('unhandledrejection', (event) => strayFaults.push(event.reason));
Object.assign(globalThis, { scenarioPage: page });
