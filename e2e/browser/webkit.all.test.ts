import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PageServer, servePage } from '../run/page-server.ts';
import type { EngineBrowser, EnginePage } from './engine.ts';
import { launchWebkit } from './webkit.ts';

describe('our own WebKit', () => {
  let server: PageServer;
  let browser: EngineBrowser;
  let page: EnginePage;
  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage('globalThis.hasRun = true;'), launchWebkit()]);
    page = await browser.newPage();
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('has run the modules of a page when it is there', async () => {
    const seen = await page.evaluate(() => [navigator.userAgent, Reflect.get(globalThis, 'hasRun')], null);
    expect(seen).toEqual([expect.stringContaining('AppleWebKit/'), true]);
  });

  test.each([[null], [0], ['grün'], [[1, { two: [] }]]])('takes and answers %j', async (value) => {
    expect(await page.evaluate((arg) => arg, value)).toEqual(value);
    expect(await page.evaluate((text) => Promise.resolve(JSON.parse(text)), JSON.stringify(value))).toEqual(value);
  });

  test('answers nothing when there is no answer', async () => {
    expect(await page.evaluate(() => {}, null)).toBeUndefined();
  });

  test.each([
    ['that is thrown', () => Reflect.get(globalThis, 'nothing').at],
    ['of a promise', () => Promise.reject(new TypeError('nothing is no object'))],
  ])('tells a fault %s', async (_how, act) => {
    await expect(page.evaluate(act, null)).rejects.toThrow(/in the page: TypeError: .*no/);
  });

  test('runs a function while another still waits', async () => {
    const act = () =>
      new Promise<string>((resolve) => {
        addEventListener('go', () => resolve('gone'), { once: true });
        Reflect.set(globalThis, 'isListening', true);
      });
    const waiting = page.evaluate(act, null);
    // Which of two functions begins first is the browser's affair.
    const go = () =>
      new Promise<boolean>((resolve) => {
        const look = () => {
          if (Reflect.get(globalThis, 'isListening')) resolve(dispatchEvent(new Event('go')));
          else setTimeout(look, 5);
        };
        look();
      });
    expect(await page.evaluate(go, null)).toBe(true);
    expect(await waiting).toBe('gone');
  });

  test('tells that an address cannot be loaded', async () => {
    await expect(page.goto('http://127.0.0.1:1/')).rejects.toThrow('http://127.0.0.1:1/ cannot be loaded');
  });

  test('has pages that share nothing', async () => {
    await page.goto(server.url);
    await page.evaluate(() => localStorage.setItem('mine', 'yes'), null);
    const other = await browser.newPage();
    await other.goto(server.url);
    expect(await other.evaluate(() => localStorage.getItem('mine'), null)).toBeNull();
  });

  test('breaks what waits in a page when it is closed', async () => {
    const second = await launchWebkit();
    const waiting = (await second.newPage()).evaluate(() => new Promise(() => {}), null);
    const [outcome] = await Promise.allSettled([waiting, second.close()]);
    expect(String(Reflect.get(outcome, 'reason'))).toContain('WebDriver at /session/');
  });
});
