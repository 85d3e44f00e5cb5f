import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

/** Where the development server of Vite is, and so where the getting-started page says that its page comes from. */
const origin = 'http://localhost:5173';

/** Opens a page in which this sample runs, bundled as a frontend's build does; `printed` gets what it logs. */
export async function openSample(browser: Browser, path: string, printed: string[]): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    // Not the paths of the tests, which lead to the sources.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  // A page that was not really loaded counts as one of the Internet, which may not reach this machine.
  const page = await browser.newPage({ permissions: ['local-network-access'] });
  page.on('console', (message) => printed.push(message.text()));
  page.on('pageerror', (error) => printed.push(`threw ${error.message}`));
  await page.route(`${origin}/**`, (route) =>
    route.request().url().endsWith('/main.js')
      ? route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]?.text ?? '' })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><script type="module" src="/main.js"></script>',
        }),
  );
  await page.goto(`${origin}/`);
  return page;
}
