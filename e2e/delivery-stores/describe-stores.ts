import { afterAll, beforeAll, describe, it } from 'vitest';
import type { EngineBrowser } from '../browser/engine.ts';
import { type PageServer, servePage } from '../run/page-server.ts';
import { bundlePage, type ReloadPlan, runReloads } from './reload-run.ts';

/** The tests of the store of a browser. */
export function describeStores(name: string, launch: () => Promise<EngineBrowser>, plan: ReloadPlan): void {
  describe(`delivery with IndexedDB in ${name}`, () => {
    let browser: EngineBrowser;
    let server: PageServer;
    beforeAll(async () => {
      [server, browser] = await Promise.all([bundlePage().then(servePage), launch()]);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    it(`${plan.count} numbers each way, ${plan.reloads} reloads and ${plan.drops} drops of the line: each once, in order`, async () => {
      const page = await browser.newPage();
      await runReloads(page, server.url, plan);
    }, 300_000);
  });
}
