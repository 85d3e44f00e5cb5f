import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite, type Site } from '../../docs/site-server/serve-site.ts';
import { house } from '../../scripts/house.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { findFreePort } from '../servers/listen.ts';
import { engines, schemes, windows } from '../site/engines.ts';
import { overflowing } from '../site/overflow.ts';
import { visit } from '../site/watched-page.ts';
import { hashFile, writeBigFile } from './files/big-file.ts';
import { type FilesNginx, findNginx, startFilesNginx } from './files/nginx.ts';

const mebibyte = 2 ** 20;

/** Of nobody's disk: what is asked of ours for it is refused. */
const maxFileBytes = 8 * 2 ** 40;
const overDiskBytes = 7 * 2 ** 40;
const overLimitBytes = 9 * 2 ** 40;

/** Of a file that is still on its way when a test has done with it. */
const longBytes = 2 ** 33;

if (!findNginx())
  testMissing('the page of the files behind nginx', 'There is no nginx on this machine; Debian has it.');

describe.runIf(findNginx())('the page of the files, and its server, on one port of nginx', () => {
  let folder = '';
  let inbox = '';
  let port = 0;
  let demo: DemoServer;
  let site: Site;
  let nginx: FilesNginx;

  beforeAll(async () => {
    await buildSite();
    folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
    inbox = join(folder, 'inbox');
    port = await findFreePort();
    const logPath = join(folder, 'demo.log');
    demo = await startDemoServer(0, { logPath, filesFolder: inbox, maxFileBytes });
    // The page asks where the demo server is: where it is itself.
    site = await serveSite(0, () => ({ port, linePort: demo.linePort }));
    nginx = await startFilesNginx(folder, port, demo.port, site.port);
  });
  afterAll(async () => {
    await nginx.kill();
    site.stop();
    await demo.stop();
    await rm(folder, { recursive: true });
  });
  afterEach(() => rm(inbox, { recursive: true, force: true }));

  /** What lies in the server's folder under a name. */
  const arrived = async () => (await readdir(inbox).catch(() => [])).filter((name) => name !== '.holdfast-parts');
  const parts = async () => {
    const names = await readdir(join(inbox, '.holdfast-parts')).catch(() => []);
    return names.filter((name) => name.endsWith('.part'));
  };

  async function sparse(name: string, bytes: number): Promise<string> {
    const path = join(folder, name);
    const file = await open(path, 'w');
    await file.truncate(bytes);
    await file.close();
    return path;
  }

  describe.each(engines)('in $engine', ({ engine, launch }) => {
    let browser: Browser;
    let page: Page;
    let faults: string[];
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser.close());
    beforeEach(async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce', viewport: windows.wide });
      onTestFinished(() => context.close());
      page = await context.newPage();
      faults = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await visit(page, `http://localhost:${port}/systems/files`);
      await page.getByTestId('choose').and(page.locator(':enabled')).waitFor({ state: 'attached' });
      await expect.poll(() => page.getByTestId('state').first().textContent(), { timeout: 20_000 }).toBe('open');
    });

    const choose = (files: Parameters<Page['setInputFiles']>[1]) => page.getByTestId('choose').setInputFiles(files);
    const row = (text: string | RegExp): Locator => page.getByTestId('file').filter({ hasText: text });
    /** At once: a click of the mouse waits until the page has been still for two frames, which a busy machine may not have. */
    const press = (button: Locator) => button.dispatchEvent('click');
    const reaches = (found: Locator, state: string) =>
      expect.poll(() => found.first().getAttribute('data-state'), { timeout: 60_000 }).toBe(state);
    const percent = async (found: Locator) =>
      Number(await found.getByRole('progressbar').getAttribute('aria-valuenow'));

    test('several at once show how far they are, go on behind a cut, and arrive whole', async () => {
      const names = ['large.bin', 'small.bin', 'empty.bin'];
      const sizes = [600 * mebibyte, 3 * mebibyte, 0];
      const paths = names.map((name) => join(folder, name));
      const sums = await Promise.all(paths.map((path, index) => writeBigFile(path, sizes[index]!)));
      await choose(paths);
      const large = row('large.bin');
      await expect.poll(() => percent(large), { timeout: 60_000, interval: 20 }).toBeGreaterThan(5);
      // Nothing stands under a name before it is whole.
      expect(await arrived()).not.toContain('large.bin');
      await press(page.getByTestId('cut'));
      for (const name of names) await reaches(row(name), 'done');
      expect(await large.textContent()).toContain(`sha-256 ${sums[0]!.slice(0, 16)}…, went on once`);
      expect(await percent(large)).toBe(100);
      for (const [index, name] of names.entries()) expect(await hashFile(join(inbox, name))).toBe(sums[index]);
      expect(await parts()).toEqual([]);
      expect(faults).toEqual([]);
    }, 120_000);

    test('goes on when nginx was killed, and started again', async () => {
      const sum = await writeBigFile(join(folder, 'killed.bin'), 600 * mebibyte);
      await choose(join(folder, 'killed.bin'));
      const found = row('killed.bin');
      await expect.poll(() => percent(found), { timeout: 60_000, interval: 20 }).toBeGreaterThan(5);
      await nginx.kill();
      nginx = await startFilesNginx(folder, port, demo.port, site.port);
      await reaches(found, 'done');
      expect(await found.textContent()).toContain('went on');
      expect(await hashFile(join(inbox, 'killed.bin'))).toBe(sum);
    }, 120_000);

    test('MD5 is there for ends that know no other', async () => {
      const content = Buffer.from('kelp');
      await page.locator('.checksum select').selectOption('md5');
      await choose({ name: 'kelp.txt', mimeType: 'text/plain', buffer: content });
      await reaches(row('kelp.txt'), 'done');
      const sum = createHash('md5').update(content).digest('hex');
      expect(await row('kelp.txt').textContent()).toContain(`md5 ${sum.slice(0, 16)}`);
    });

    test('a name, a size and a disk that cannot be are told by their codes', async () => {
      await choose({ name: 'con.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
      await reaches(row('con.txt'), 'failed');
      await choose(await sparse('long.bin', overLimitBytes));
      await reaches(row('long.bin'), 'failed');
      await choose(await sparse('wide.bin', overDiskBytes));
      await reaches(row('wide.bin'), 'failed');
      expect(await row('con.txt').textContent()).toContain('file-name-refused');
      expect(await row('long.bin').textContent()).toContain('file-too-large');
      expect(await row('wide.bin').textContent()).toContain('file-no-space');
      expect([await arrived(), await parts()]).toEqual([[], []]);
    });

    test('pause holds, and cancel leaves nothing at the server', async () => {
      await choose(await sparse('cancel.bin', longBytes));
      const found = row('cancel.bin');
      await expect.poll(() => percent(found), { timeout: 60_000, interval: 20 }).toBeGreaterThan(2);
      await press(found.getByRole('button', { name: 'Pause' }));
      await reaches(found, 'paused');
      await press(found.getByRole('button', { name: 'Go on' }));
      await reaches(found, 'sending');
      await press(found.getByRole('button', { name: 'Cancel' }));
      await reaches(found, 'cancelled');
      await expect.poll(parts, { timeout: 20_000 }).toEqual([]);
      expect(await arrived()).toEqual([]);
    }, 120_000);

    test('a name that is HTML is shown as text', async () => {
      const name = `{{7*7}}<img src=x onerror=window.isAttacked=1><hf-attack>.txt`;
      await choose({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
      const found = row('onerror');
      await reaches(found, 'failed');
      expect(await found.locator('strong').textContent()).toBe(name);
      expect(await page.locator('hf-attack').count()).toBe(0);
      expect(await page.evaluate(() => 'isAttacked' in globalThis)).toBe(false);
      expect(await arrived()).toEqual([]);
    });

    test('a file that has arrived comes back, and is saved under its name', async () => {
      const path = join(folder, 'back.bin');
      const sum = await writeBigFile(path, 20 * mebibyte + 1);
      for (const expected of ['back.bin', 'back (2).bin']) {
        await choose(path);
        await reaches(row(expected), 'done');
      }
      for (const expected of ['back (2).bin', 'back.bin', 'back.bin']) {
        const saved = await whatIsSaved(() => row(expected).getByRole('button', { name: 'Get it back' }).click());
        expect({ ...saved, name: saved.name.replace('_', ' ') }).toEqual({ name: expected, sum });
      }
      await rm(join(inbox, 'back.bin'));
      await row('back.bin').getByRole('button', { name: 'Get it back' }).click();
      await expect.poll(() => row('back.bin').textContent()).toContain('the server has it no longer');
      expect(faults).toEqual([]);
    }, 120_000);

    /** The name and the SHA-256 of the file that the browser saves then. */
    async function whatIsSaved(act: () => Promise<void>): Promise<{ name: string; sum: string }> {
      if (engine === 'Chromium') {
        const saving = page.waitForEvent('download', { timeout: 60_000 });
        await act();
        const download = await saving;
        return { name: download.suggestedFilename(), sum: await hashFile(await download.path()) };
      }
      // WebDriver BiDi of Firefox tells of no download: what the page gives the browser is looked at.
      await page.evaluate(() => {
        const { createObjectURL } = URL;
        const { click } = HTMLAnchorElement.prototype;
        let blob: Blob;
        URL.createObjectURL = (given) => {
          blob = given as Blob;
          return createObjectURL(given);
        };
        HTMLAnchorElement.prototype.click = function () {
          Object.assign(globalThis, { saved: { name: this.download, blob } });
          click.call(this);
          Object.assign(HTMLAnchorElement.prototype, { click });
          Object.assign(URL, { createObjectURL });
        };
      });
      await act();
      await page.waitForFunction(() => 'saved' in globalThis, undefined, { timeout: 60_000 });
      return page.evaluate(async () => {
        const { name, blob } = (globalThis as unknown as { saved: { name: string; blob: Blob } }).saved;
        Reflect.deleteProperty(globalThis, 'saved');
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
        return { name, sum: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') };
      });
    }

    test.each(schemes)('looks as it should, %s', async (scheme) => {
      await page.evaluate((chosen) => document.documentElement.classList.toggle('dark', chosen === 'dark'), scheme);
      await writeFile(
        join(folder, 'a name that is so long that it has to go on in a second line of its row.txt'),
        'text',
      );
      await choose([join(folder, 'a name that is so long that it has to go on in a second line of its row.txt')]);
      await reaches(row('a name'), 'done');
      await choose({ name: 'con.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
      await reaches(row('con.txt'), 'failed');
      await choose(await sparse('held.bin', longBytes));
      const held = row('held.bin');
      await press(held.getByRole('button', { name: 'Pause' }));
      await reaches(held, 'paused');
      const album = join(house, '.cache/site-pictures', engine.toLowerCase(), scheme);
      await mkdir(album, { recursive: true });
      for (const [name, size] of Object.entries(windows)) {
        await page.setViewportSize(size);
        expect(await overflowing(page)).toEqual([]);
        await page.locator('.files').screenshot({ path: join(album, `files-${name}.png`) });
      }
      await press(held.getByRole('button', { name: 'Cancel' }));
      await reaches(held, 'cancelled');
    });
  });

  test('the site and the sockets have one port', async () => {
    const answer = await fetch(`http://localhost:${port}/demo-server.json`);
    expect(await answer.json()).toMatchObject({ port });
    expect(await readFile(join(folder, 'nginx.conf'), 'utf8')).toContain(`listen 127.0.0.1:${port}`);
  });
});
