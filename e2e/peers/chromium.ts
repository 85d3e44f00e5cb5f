import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../browser/chromium.ts';
import { type Note, Notes } from './notes.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { outputOf } from './presence.ts';

const program = fileURLToPath(new URL('./programs/page.js', import.meta.url));

/** The WebSocket of a page in Chromium; the browser is brought as for all other tests. */
export const chromium: Peer = {
  name: 'Chromium',
  role: 'client',
  quirks: {
    alwaysCompresses: true,
    hidesStatus: true,
    fragmentsAlways: true,
    cannot: (command) => reasons.find(([beginning]) => command.startsWith(beginning))?.[1],
  },
  find: async () => ({
    version: outputOf(await findChromium(), '--version')?.replace(/^\D*([\d.]+).*$/s, '$1') ?? 'unknown',
  }),
  start: async () => runIn(await launchChromium()),
};

const reasons = [
  ['close 1000', undefined],
  ['close 1', 'a page closes with 1000 and 3000 to 4999'],
  ['fragments', 'a page does not choose its frames'],
  ['ping', 'a page cannot ping'],
  ['limit', 'a page cannot limit what it takes'],
] as const;

async function runIn(browser: Browser): Promise<RunningPeer> {
  const notes = new Notes();
  const page = await browser.newPage();
  await page.exposeFunction('note', (note: Note) => notes.add(note));
  await page.addScriptTag({ path: program });
  return {
    notes,
    url: '',
    dial: (url, protocols) => {
      void page.evaluate((order) => Reflect.get(globalThis, 'dial')(...order), [url, protocols] as const);
    },
    kill: () => killBrowser(browser),
    stop: () => browser.close(),
  };
}

/** The process that has the sockets first: the others leave it the time to close them in order. */
async function killBrowser(browser: Browser): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const gone = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
  for (const { id } of processInfo.sort((a, b) => rankOf(a.type) - rankOf(b.type))) process.kill(id, 'SIGKILL');
  await gone;
}

function rankOf(type: string): number {
  return type.includes('NetworkService') ? 0 : 1;
}
