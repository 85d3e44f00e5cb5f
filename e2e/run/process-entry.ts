import { scenarios } from '../scenarios/all.ts';
import { runInTurn } from './in-turn.ts';
import { scenarioOutcome } from './outcome.ts';

void runInTurn((index, name, controlUrl) => {
  const scenario = scenarios[index];
  if (!scenario) throw new Error(`there is no scenario ${index}`);
  return scenarioOutcome(scenario, { name, kind: 'node' }, controlUrl);
});
