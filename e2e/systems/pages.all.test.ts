import type { Browser, Page } from 'playwright-core';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { engines } from '../site/engines.ts';

beforeAll(async () => void (await buildSite()));

describe.each(engines)('in $engine', ({ launch }) => {
  let folder = '';
  let logPath = '';
  let base = '';
  let browser: Browser;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'systems-'));
    logPath = join(folder, 'demo.log');
    const demo = await startDemoServer(0, { logPath });
    const site = await serveSite(0, () => demo);
    browser = await launch();
    base = `http://localhost:${site.port}`;
    ends.push(
      () => browser.close(),
      () => site.stop(),
      () => demo.stop(),
      () => rm(folder, { recursive: true }),
    );
  });
  afterAll(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** A page of the site, and the errors on its console. */
  async function open(path: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(base + path);
    return { page, errors };
  }

  test('the live log takes 100,000 lines, and filters, pauses and follows meanwhile', async () => {
    const { page, errors } = await open('/systems/log');
    const status = page.getByTestId('log-status');
    const lines = page.getByTestId('log-lines');
    await expect.poll(() => status.textContent(), { timeout: 20_000 }).toMatch(/^open/);
    await page.getByTestId('log-write-many').click();
    // While they come, the page does what it is asked to.
    await page.getByTestId('log-filter').fill('#77777 ');
    await expect.poll(() => lines.textContent(), { timeout: 20_000 }).toContain('#77777 ');
    await expect.poll(() => status.textContent(), { timeout: 20_000 }).toMatch(/ 1 of 100,000 lines$/);
    await page.getByTestId('log-filter').fill('');
    await expect.poll(() => lines.textContent()).toContain('#100000 ');

    await page.getByTestId('log-pause').click();
    await page.getByTestId('log-write-1').click();
    await expect.poll(async () => (await readFile(logPath, 'utf8')).includes('#100001 ')).toBe(true);
    await page.getByTestId('log-rotate').click();
    await expect.poll(() => readFile(logPath, 'utf8')).toBe('');
    await page.getByTestId('log-pause').click();
    await expect.poll(() => lines.textContent()).toMatch(/#100001 .*rotated/);
    // Of all lines, those that are seen stand in the document.
    expect(await lines.locator('.line').count()).toBeLessThan(100);
    expect(errors).toEqual([]);
  });

  test('the feed comes three ways, at each rate, and costs what it costs', async () => {
    const { page, errors } = await open('/systems/feed');
    const of = (way: string, what: string) => page.getByTestId(`feed-${way}`).locator(`[data-what=${what}]`);
    for (const rate of ['1', '10', '100']) {
      await page.getByTestId('feed-rate').selectOption(rate);
      for (const way of ['Polling', 'Long polling', 'WebSocket']) {
        await expect
          .poll(async () => Number(await of(way, 'messages').textContent()), { timeout: 20_000 })
          .toBeGreaterThan(1);
        await expect.poll(() => of(way, 'bytes').textContent(), { timeout: 20_000 }).toMatch(/^[\d.,]+ B$/);
      }
    }
    const bytes = async (way: string) =>
      Number.parseFloat(((await of(way, 'bytes').textContent()) ?? '').replace(',', ''));
    await expect
      .poll(() => bytes('WebSocket').then(async (less) => less < (await bytes('Long polling'))), { timeout: 20_000 })
      .toBe(true);
    expect(await of('WebSocket', 'requests').textContent()).toBe('1');
    expect(errors).toEqual([]);
  });

  test('the push comes by itself, echoes, and is closed from either end', async () => {
    const { page, errors } = await open('/systems/push');
    const state = page.getByTestId('push-state');
    const words = page.getByTestId('push-words');
    const say = async (text: string) => {
      await page.getByTestId('push-text').fill(text);
      await page.keyboard.press('Enter');
    };
    await expect.poll(() => state.textContent()).toBe('open');
    await expect.poll(() => page.getByRole('img', { name: /^The newest number, \d/ }).count()).toBe(1);
    await say('<b>ahoy</b>');
    await expect.poll(() => words.textContent()).toContain('echo: <b>ahoy</b>');
    await say('close');
    await expect.poll(() => words.textContent()).toContain('closed, 1000 as you asked');
    await page.getByTestId('push-open').click();
    await expect.poll(() => state.textContent()).toBe('open');
    await page.getByTestId('push-close').click();
    // The answer to a close frame has its code, and no reason.
    await expect.poll(() => words.textContent()).toMatch(/closed, 1000$/);
    expect(errors).toEqual([]);
  });
});
