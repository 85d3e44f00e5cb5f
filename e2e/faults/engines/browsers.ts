import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../../browser/chromium.ts';
import type { EngineBrowser } from '../../browser/engine.ts';
import { launchFirefox } from '../../browser/firefox.ts';
import { launchWebkit } from '../../browser/webkit.ts';
import { servePage } from '../../run/page-server.ts';
import type { Engine } from './engine.ts';
import { startInPage } from './page-clients.ts';

/** Clients in one page of a Chromium. */
export const startChromium = (): Promise<Engine> => startBrowser('Chromium', launchChromium);

/** Clients in one page of a Firefox. */
export const startFirefox = (): Promise<Engine> => startBrowser('Firefox', launchFirefox);

/** Clients in one page of a WebKit. */
export const startWebkit = (): Promise<Engine> => startBrowser('WebKit', launchWebkit);

/** Clients in one page of a browser; `onPage` is given that page. */
export async function startBrowser<B extends EngineBrowser>(
  name: string,
  launch: () => Promise<B>,
  onPage?: (page: Awaited<ReturnType<B['newPage']>>) => void,
): Promise<Engine> {
  const [server, browser] = await Promise.all([bundle().then(servePage), launch()]);
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    onPage?.(page as Awaited<ReturnType<B['newPage']>>);
    return {
      name,
      close,
      start: (client, url, options) => startInPage(page, client, url, { ...options, isWeb: true }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Without the workspace's `paths`, the packages are what was built, found as a user's tools find them. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page-entry.ts', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: {},
    logLevel: 'warning',
    write: false,
  });
  return outputFiles[0]!.text;
}
