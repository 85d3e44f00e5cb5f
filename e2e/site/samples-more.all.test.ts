import { readdirSync, readFileSync } from 'node:fs';
import { connect } from '@holdfast/node';
import { delivery } from '@holdfast/node/delivery';
import { serve } from '@holdfast/node/server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { findRedis, startRedis } from '../faults/delivery/redis-process.ts';
import { askToUpgrade } from '../server/ask.ts';
import { runSample } from '../server/samples/sample.ts';
import { openSample } from './samples/page.ts';
import { rows } from './samples/rows.ts';
import { copySamples } from './samples/run-copy.ts';

describe('the samples of a frontend, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test.each(['browser.ts', 'home.ts', 'readme-browser.ts'])(
    '%s prints in a page what it prints in Node',
    async (name) => {
      const { play, prints = [] } = rows[name] ?? {};
      const server = await serve({ port: 0, host: '127.0.0.1', origin: '*' }, (connection) => play?.(connection));
      const copies = copySamples(server.port);
      onTestFinished(async () => {
        copies.remove();
        await server.close();
      });
      const printed: string[] = [];
      const page = await openSample(browser, copies.path(name), printed);
      await vi.waitFor(() => expect(printed).toEqual(expect.arrayContaining([...prints])), 20_000);
      await page.close();
    },
  );

  test('start-app.ts and start-backend.ts: what is said is shown as text, and that the server is away', async () => {
    const backend = await runSample('start-backend.ts');
    const copies = copySamples(backend.port);
    onTestFinished(() => {
      copies.remove();
      backend.kill();
    });
    const page = await openSample(browser, copies.path('start-app.ts'), []);
    await page.getByText('connected').waitFor();
    await page.getByPlaceholder('say something').fill('<b>hello</b>');
    await page.getByPlaceholder('say something').press('Enter');
    await page.locator('li').waitFor();
    expect(await page.locator('li').allTextContents()).toEqual(['<b>hello</b>']);
    backend.kill();
    await page.getByText(/offline, again in \d+ s/).waitFor();
    await page.close();
  });
});

describe('the server and the service of getting started, as files of plain Node', () => {
  test.each(['start-backend.ts', 'start-service.ts'])('%s has nothing that only TypeScript knows', async (name) => {
    const server = await serve({ port: 0, host: '127.0.0.1' }, (connection) => {
      connection.on('message', ({ data }) => connection.send(data));
    });
    const copies = copySamples(server.port);
    onTestFinished(async () => {
      copies.remove();
      await server.close();
    });
    const prints = name === 'start-backend.ts' ? ['listening on'] : ['received hello from a service'];
    await copies.run(name, name.replace('.ts', '.mjs')).prints(prints);
  });
});

describe('delivery-more.ts', () => {
  test('it notes each message of a session in Redis once', async ({ skip }) => {
    const program = findRedis();
    if (!program) {
      if (process.env['CI'] === 'true') expect.fail('There is no redis-server on this machine.');
      return skip('There is no redis-server on this machine; Debian has it in redis-server.');
    }
    const redis = await startRedis(program);
    const copies = copySamples(0, redis.port);
    const sample = copies.run('delivery-more.ts');
    const url = `ws://127.0.0.1:${await sample.port()}`;
    const client = connect(url, { delivery: delivery(), headers: { Authorization: 'Bearer ada' } });
    onTestFinished(async () => {
      copies.remove();
      await redis.stop();
    });
    client.send('one');
    client.send('two');
    await client.close();
    const notes = readdirSync(copies.work).find((file) => file.startsWith('notes-'));
    expect(readFileSync(`${copies.work}/${notes}`, 'utf8')).toBe('one\ntwo\n');
    return undefined;
  });
});

describe('auth-backend.ts', () => {
  test('it lets in who it knows, once by each ticket, and no page of another site', async () => {
    const backend = await runSample('auth-backend.ts');
    onTestFinished(() => backend.kill());
    const ask = async (path: string, headers: Record<string, string>) =>
      (await askToUpgrade(backend.port, path, headers)).status;
    const Cookie = 'theme=dark; session=session-1';
    expect(await ask('/by-cookie', { Cookie, Origin: 'https://example.org' })).toBe(101);
    expect(await ask('/by-cookie', { Cookie, Origin: 'https://evil.example' })).toBe(403);
    expect(await ask('/by-cookie', { Origin: 'https://example.org' })).toBe(401);
    expect(await ask('/by-ticket?ticket=ticket-1', {})).toBe(101);
    expect(await ask('/by-ticket?ticket=ticket-1', {})).toBe(401);
    expect(await ask('/by-protocol', { 'Sec-WebSocket-Protocol': 'chat.v1, token.token-1' })).toBe(101);
    expect(await ask('/by-protocol', { 'Sec-WebSocket-Protocol': 'chat.v1, token.guessed' })).toBe(401);
    expect(await ask('/by-header', { Authorization: 'Bearer token-1' })).toBe(101);
    expect(await ask('/by-header', {})).toBe(401);
  });
});
