import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { house } from '../../scripts/house.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { engines } from '../site/engines.ts';

const limit = { timeout: 40_000 };

let folder = '';
beforeAll(async () => {
  await buildSite();
  folder = await mkdtemp(join(tmpdir(), 'dashboard-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(engines)('the dashboard in $engine', ({ engine, launch }) => {
  let browser: Browser;
  let demo: DemoServer;
  let site: Awaited<ReturnType<typeof serveSite>>;
  let page: Page;
  const errors: string[] = [];

  const start = (port: number) => startDemoServer(port, { logPath: join(folder, 'log'), pingIntervalMs: 1000 });

  beforeAll(async () => {
    demo = await start(0);
    site = await serveSite(0, () => demo);
    browser = await launch();
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`http://localhost:${site.port}/systems/dashboard`);
  });
  afterAll(async () => {
    await browser.close();
    site.stop();
    await demo.stop();
  });

  /** A number of the table. */
  const told = async (row: string, side: 'client' | 'server') => {
    const cells = page.getByRole('row', { name: row }).getByRole('cell');
    return ((await cells.nth(side === 'client' ? 0 : 1).textContent()) ?? '').replaceAll(',', '');
  };
  const number = async (row: string, side: 'client' | 'server') => Number.parseFloat(await told(row, side));
  const chart = (side: 'client' | 'server', label: string) =>
    page.getByTestId(`dashboard-${side}`).getByRole('img', { name: new RegExp(`^${label}, [\\d.,]+`) });
  const line = async (side: 'client' | 'server', label: string) =>
    (await chart(side, label).locator('polyline').getAttribute('points')) ?? '';

  test.each([
    ['client', 'Round trip'],
    ['client', 'Messages a second'],
    ['server', 'Round trip'],
    ['server', 'Bytes a second'],
  ] as const)('the chart of the %s moves: %s', async (side, label) => {
    await expect.poll(() => chart(side, label).count(), limit).toBe(1);
    await expect.poll(async () => (await line(side, label)).split(' ').length, limit).toBeGreaterThan(2);
    const before = await line(side, label);
    await expect.poll(() => line(side, label), limit).not.toBe(before);
  });

  test('what one side sends the other gets', async () => {
    await page.getByTestId('dashboard-rate').selectOption('100');
    await expect.poll(() => number('Messages out', 'client'), limit).toBeGreaterThan(300);
    await page.getByTestId('dashboard-rate').selectOption('0');
    // Each is echoed, and then nothing is under way.
    await expect
      .poll(async () => (await number('Messages in', 'client')) === (await number('Messages out', 'client')), limit)
      .toBe(true);
    // The room also hears the probes of the heartbeat, which are none of the app's messages.
    await expect
      .poll(async () => (await number('Messages in', 'server')) > (await number('Messages in', 'client')), limit)
      .toBe(true);
    expect(await number('Messages dropped', 'client')).toBe(0);
  });

  test('a line that is dropped is a reconnect', async () => {
    expect(await number('Reconnects', 'client')).toBe(0);
    await page.getByTestId('dashboard-drop').click();
    await expect.poll(() => number('Reconnects', 'client'), limit).toBe(1);
    await expect.poll(() => told('State', 'client'), limit).toBe('1 open');
    await page.screenshot({
      path: join(house, `.cache/site-pictures/dashboard-live-${engine.toLowerCase()}.png`),
      fullPage: false,
    });
  });

  test('a server that goes is missed, and one that comes back counts anew', async () => {
    expect(errors).toEqual([]);
    await page.getByTestId('dashboard-rate').selectOption('10');
    const before = await number('Messages in', 'server');
    await demo.stop();
    await expect.poll(() => told('State', 'client'), limit).toMatch(/^1 (waiting|connecting)$/);
    await expect.poll(() => number('Handshakes that failed', 'client'), limit).toBeGreaterThan(0);
    await expect.poll(() => number('Bytes that wait', 'client'), limit).toBeGreaterThan(0);
    demo = await start(demo.port);
    await expect.poll(() => number('Reconnects', 'client'), limit).toBe(2);
    await expect.poll(() => number('Messages in', 'server'), limit).toBeLessThan(before);
    await expect.poll(() => number('Bytes that wait', 'client'), limit).toBe(0);
  });
});
