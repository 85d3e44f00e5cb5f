import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, type Server } from '@holdfast/node/server';
import { isFileMessage, receiveFiles, sendFile } from '@holdfast/node/files';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { bundleForPage } from '../run/bundle.ts';
import { findFreePort } from '../servers/listen.ts';
import { hashFile, writeBigFile } from './files/big-file.ts';
import { type FilesNginx, findNginx, startFilesNginx } from './files/nginx.ts';

const mebibyte = 2 ** 20;

describe.runIf(findNginx())('a page and its files, on one port of nginx', () => {
  let folder = '';
  let inbox = '';
  let url = '';
  let server: Server;
  let nginx: FilesNginx;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
    inbox = join(folder, 'inbox');
    const site = join(folder, 'site');
    await mkdir(site);
    const script = await bundleForPage(fileURLToPath(new URL('files/page-entry.ts', import.meta.url)));
    await writeFile(join(site, 'page.js'), script);
    const html = '<!doctype html><title>files</title><body><script type="module" src="/page.js"></script>';
    await writeFile(join(site, 'index.html'), html);
    const policy = `<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">`;
    await writeFile(join(site, 'strict.html'), html.replace('<body>', `${policy}<body>`));
    server = await serve({ port: 0, host: '127.0.0.1', path: '/files' }, (connection) => {
      receiveFiles(connection, { folder: inbox, existing: 'rename', durable: 'process' });
      connection.on('message', ({ data }) => {
        if (!isFileMessage(data)) void sendFile(connection, join(folder, 'one.bin'));
      });
    });
    const port = await findFreePort();
    nginx = await startFilesNginx(folder, port, server.port);
    url = `http://127.0.0.1:${port}`;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await nginx.kill();
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function openPage(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${url}/${path}`);
    await page.waitForFunction('window.sendChosen !== undefined');
    return page;
  }

  it('sends several at once through three cuts, read and hashed by workers', async () => {
    const sums = await Promise.all([
      writeBigFile(join(folder, 'one.bin'), 120 * mebibyte),
      writeBigFile(join(folder, 'two.bin'), 7 * mebibyte),
      writeBigFile(join(folder, 'empty.bin'), 0),
    ]);
    const page = await openPage('');
    let workers = 0;
    page.on('worker', () => workers++);
    await page.setInputFiles(
      'input',
      ['one', 'two', 'empty'].map((name) => join(folder, `${name}.bin`)),
    );
    const sent = await page.evaluate(() => window.sendChosen({ checksum: 'sha-256', cuts: 3 }));
    expect(sent.map(({ checksum }) => checksum)).toEqual(sums);
    expect(sent[0]?.resumed).toBe(3);
    expect(workers).toBe(3);
    for (const [index, { name }] of sent.entries()) expect(await hashFile(join(inbox, name))).toBe(sums[index]);
    await page.close();
  });

  it('sends with MD5, and without workers where the page may have none', async () => {
    const sum = await writeBigFile(join(folder, 'three.bin'), 5 * mebibyte);
    const page = await openPage('strict.html');
    await page.setInputFiles('input', join(folder, 'three.bin'));
    const [sent] = await page.evaluate(() => window.sendChosen({ checksum: 'md5', cuts: 1 }));
    expect(sent).toMatchObject({ size: 5 * mebibyte, checksum: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(await hashFile(join(inbox, sent!.name))).toBe(sum);
    await page.close();
  });

  it('receives one as a Blob', async () => {
    const sum = await writeBigFile(join(folder, 'one.bin'), 33 * mebibyte + 1);
    const page = await openPage('');
    expect(await page.evaluate(() => window.fetchBack())).toEqual({ name: 'one.bin', checksum: sum });
    await page.close();
  });
});
