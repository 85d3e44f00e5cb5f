import { expect } from 'vitest';
import { type Bench, withBench } from '../bench.ts';
import { startBrowser } from '../engines/browsers.ts';
import type { Engine } from '../engines/engine.ts';
import { type FreezablePage, launchFreezableChromium } from '../engines/freezable-chromium.ts';
import { startNode } from '../engines/node.ts';

/** A heartbeat that is over while a page is frozen. */
export const heartbeat = { intervalMs: 100, timeoutMs: 500 } as const;

/** A Chromium whose page can be frozen. */
export interface Freezer extends Engine {
  /** Freezes the page for as long as ten heartbeats of another client take; in that time it asks at most what it had begun. */
  freezeLong(bench: Bench, meanwhile?: () => void): Promise<void>;
}

/** Starts a Chromium that leaves the lines of a frozen page alone, or does what it does for users. */
export async function startFreezer(lines: 'left alone' | 'as for users'): Promise<Freezer> {
  let page: FreezablePage;
  const node = await startNode();
  const engine = await startBrowser(
    'Chromium',
    () => launchFreezableChromium(lines),
    (opened) => {
      page = opened;
    },
  );
  return {
    ...engine,
    freezeLong: async ({ server }, meanwhile) => {
      await page.freeze();
      const before = server.probes();
      meanwhile?.();
      await withBench(node, { heartbeat }, ({ client }) => client.until({ answers: 10 }));
      expect(server.probes() - before).toBeLessThanOrEqual(1);
      await page.unfreeze();
    },
  };
}
