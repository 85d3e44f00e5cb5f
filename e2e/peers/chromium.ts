import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { type Note, Notes } from './notes.ts';
import type { Peer, RunningPeer } from './peer.ts';

/** What a page has to say to its WebSocket, as functions that see nothing else. */
type PageWindow = { note(note: Note): Promise<void> };

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
  find: () => ({ version: '' }),
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
  return {
    notes,
    url: '',
    dial: (url, protocols) => void page.evaluate(dialInPage, [url, protocols] as const),
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

/** The peer itself, in the page. */
function dialInPage([url, protocols]: readonly [string, readonly string[]]): void {
  const { note } = globalThis as unknown as PageWindow;
  const line = new URL(url).pathname;
  const socket = new WebSocket(url, [...protocols]);
  socket.binaryType = 'arraybuffer';
  let isOpen = false;
  const commands: Record<string, (...words: string[]) => void> = {
    close: (code, ...reason) => (code ? socket.close(Number(code), reason.join(' ')) : socket.close()),
    send: (kind, bytes) => {
      const text = 'holdfast '.repeat(Math.ceil(Number(bytes) / 9)).slice(0, Number(bytes));
      socket.send(kind === 'text' ? text : new TextEncoder().encode(text));
    },
  };
  const obey = async (text: string) => {
    const [name = '', ...words] = text.slice(1).split(' ');
    try {
      commands[name]!(...words);
    } catch (error) {
      await note({ line, told: 'failed', what: String(error) });
    }
  };
  socket.addEventListener('open', () => {
    isOpen = true;
    void note({ line, told: 'open', protocol: socket.protocol, extensions: socket.extensions });
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    const isText = typeof data === 'string';
    if (isText && data.startsWith('!')) return void obey(data);
    const bytes = isText ? new TextEncoder().encode(data).length : data.byteLength;
    void note({ line, told: 'message', kind: isText ? 'text' : 'binary', bytes });
    socket.send(data);
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (isOpen) void note({ line, told: 'closed', code, reason });
    else void note({ line, told: 'refused', status: 0 });
  });
}
