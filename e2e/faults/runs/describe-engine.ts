import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../engines/engine.ts';

/** Tests of an engine that is started for all of them. */
export type EngineTests = (engine: () => Engine) => void;

/** Runs all of these tests on one engine. */
export function describeEngine(name: string, start: () => Promise<Engine>, ...suites: readonly EngineTests[]): void {
  describe(name, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());
    for (const suite of suites) suite(() => engine);
  });
}
