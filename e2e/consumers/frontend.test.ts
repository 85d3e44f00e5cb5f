import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { TestServer } from '../servers/test-server.ts';
import { type Consumer, makeConsumer } from './consumer.ts';
import { type PreviewServer, startPreview } from './preview.ts';

const wireHalf = /@holdfast\/core\/dist\/(bytes|frame|message|protocol)\//;

/** The packages as they would be published, in a Vite project that has nothing else. */
describe('an empty Vite frontend', () => {
  let consumer: Consumer;
  let server: TestServer;
  let browser: Browser;
  let preview: PreviewServer;
  beforeAll(async () => {
    [consumer, server, browser] = await Promise.all([
      makeConsumer('frontend', { vite: '8.3.8' }),
      TestServer.start({}),
      launchChromium(),
    ]);
    await consumer.run('npx', 'vite', 'build');
    preview = await startPreview(consumer.folder);
  });
  afterAll(async () => {
    await preview?.close();
    await browser?.close();
    server?.kill();
    await consumer?.remove();
  });

  test('its page connects, gets its echoes and closes', async () => {
    const page = await browser.newPage();
    const faults: Error[] = [];
    page.on('pageerror', (error) => faults.push(error));
    await page.goto(`${preview.url}/?server=${encodeURIComponent(server.url)}`);
    await page.getByText('closed').waitFor();
    expect(await page.locator('li').allTextContents()).to.deep.equal([
      'open',
      '<b>hello</b>',
      '1 2 3',
      'closed 1000 done',
    ]);
    expect(faults).to.deep.equal([]);
    expect((await server.report({ closed: 1 }))[0]?.closed).to.deep.equal({ code: 1000, reason: 'done' });
  });

  test('its bundle has our web half and nothing of the wire half or of Node', async () => {
    const modules = JSON.parse(await readFile(join(consumer.folder, 'modules.json'), 'utf8')) as string[];
    const has = (pattern: RegExp) => modules.filter((id) => pattern.test(id));
    expect(has(/@holdfast\/web\/dist\//), modules.join('\n')).not.to.deep.equal([]);
    expect(has(/@holdfast\/core\/dist\/session\//)).not.to.deep.equal([]);
    expect(has(wireHalf)).to.deep.equal([]);
    expect(has(/@holdfast\/node\//)).to.deep.equal([]);
  });
});
