import { fileURLToPath } from 'node:url';
import type { EngineBrowser } from '../browser/engine.ts';
import { bundleForPage } from './bundle.ts';
import type { StartRunner } from './describe-scenarios.ts';
import type { ScenarioPage } from './page-entry.ts';
import { servePage } from './page-server.ts';

const entry = fileURLToPath(new URL('./page-entry.ts', import.meta.url));

/** Runs scenarios in one page of a browser. */
export function inPage(launch: () => Promise<EngineBrowser>): StartRunner {
  return async (platform, controlUrl) => {
    const [server, browser] = await Promise.all([bundleForPage(entry).then(servePage), launch()]);
    const close = async () => {
      await browser.close();
      await server.close();
    };
    try {
      const page = await browser.newPage();
      await page.goto(server.url);
      return {
        run: (index) =>
          page.evaluate(
            ([number, where, control]) => {
              const { scenarioPage } = globalThis as unknown as { scenarioPage: ScenarioPage };
              return scenarioPage.run(number, where, control);
            },
            [index, platform, controlUrl] as const,
          ),
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  };
}
