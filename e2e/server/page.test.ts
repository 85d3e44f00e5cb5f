import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type PageServer, servePage } from '../run/page-server.ts';
import type { App } from './apps/app.ts';
import { startExpress } from './apps/express.ts';
import { portOf } from './apps/listening.ts';
import { attachServe } from './attach.ts';

/** What the WebSocket of a page lived through: the sub-protocol, the first message, the close code. */
type Life = readonly (string | number)[];

describe('a page with the WebSocket of its browser', () => {
  let app: App;
  let foreign: PageServer;
  let browser: Browser;
  beforeAll(async () => {
    [app, foreign, browser] = await Promise.all([startExpress(attachServe), servePage(''), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await foreign?.close();
    await app?.stop();
  });

  /** Goes to a page, and lets it connect to the app, say hello, and close when it is answered. */
  const visit = async (pageUrl: string): Promise<Life> => {
    const page = await browser.newPage();
    await page.goto(pageUrl);
    return page.evaluate(
      (url) =>
        new Promise<Life>((resolve) => {
          const life: (string | number)[] = [];
          const socket = new WebSocket(url, ['chat.v1', 'chat.v2']);
          socket.addEventListener('open', () => {
            life.push(socket.protocol);
            socket.send('hello');
          });
          socket.addEventListener('message', ({ data }) => {
            life.push(String(data));
            socket.close(4000);
          });
          socket.addEventListener('close', ({ code }) => resolve([...life, code]));
        }),
      `ws://127.0.0.1:${portOf(app)}/live`,
    );
  };

  test('of the same origin is served', async () => {
    expect(await visit(`http://127.0.0.1:${portOf(app)}/hello`)).toEqual(['chat.v2', 'hello', 4000]);
  });

  test('of another origin is refused: it hears 1006 and nothing else', async () => {
    expect(await visit(foreign.url)).toEqual([1006]);
    expect(app.live.count()).toBe(0);
  });
});
