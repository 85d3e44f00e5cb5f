import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { launchChromium } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { openPlayground, type Place, type Playground } from '../demo/playground-page.ts';
import { serveStaticSite, type StaticSite } from './playground-files.ts';
import { BrokenLine } from './playground-line.ts';

const attack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
/** Names may be 32 characters long. */
const shortAttack = '<img src=x onerror=alert(1)>';

let site: StaticSite;
beforeAll(async () => {
  site = await serveStaticSite();
});
afterAll(() => site.stop());

describe.each([
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
])('the playground from static files in %s', (_engine, launch) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /**
   * The page, which must have complained of nothing when the test ends, and asked nobody else for anything, apart from the
   * server on this port.
   */
  async function open(place: Place = 'page', port?: number): Promise<Playground & { line: BrokenLine }> {
    const playground = await openPlayground(browser, site.base, place);
    const line = new BrokenLine(playground.page);
    await line.watch();
    onTestFinished(async () => {
      const { errors } = playground;
      // Firefox tells of a WebSocket's handshake as of any request.
      const strangers = playground.strangers.filter((url) => new URL(url).port !== String(port));
      await playground.page.close();
      expect({ errors, strangers }).toEqual({ errors: [], strangers: [] });
    });
    return { ...playground, line };
  }

  /** Client A, open in the chat of the page. */
  async function openConnected(): Promise<Playground & { line: BrokenLine }> {
    const playground = await open();
    await playground.a.connect();
    await playground.line.lit('open');
    return playground;
  }

  async function expectNoMarkup({ page }: Playground): Promise<void> {
    expect(await page.locator('.playground img, .playground script').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
  }

  describe('with nothing but the page itself', () => {
    test('talks when the files cannot be had any more', async () => {
      const own = await serveStaticSite();
      const { page, a, b, strangers } = await openPlayground(browser, own.base, 'page');
      onTestFinished(() => page.close());
      await page.waitForLoadState('networkidle');
      await own.stop();
      await page.getByTestId('connect-all').click();
      await a.inState('open');
      await b.inState('open');
      await a.say('over a line in memory');
      await b.shows('over a line in memory');
      await a.marksLastOwn('delivered');
      expect(strangers).toEqual([]);
    });

    test('echoes text', async () => {
      const { page, a } = await open();
      await page.getByTestId('room-echo').check({ force: true });
      await a.connect();
      await a.say('𝄞 kelp');
      await expect.poll(() => a.messages.locator('.raw').allInnerTexts()).toEqual(['𝄞 kelp']);
    });

    test('is pushed numbers, and draws them', async () => {
      const { page, a } = await open();
      await page.getByTestId('room-push').check({ force: true });
      await a.connect();
      const newest = page.getByTestId('push-newest');
      await expect.poll(async () => Number(await newest.innerText()), { timeout: 15_000 }).toBeGreaterThan(2);
      expect(await page.getByTestId('push-chart').locator('circle').count()).toBeGreaterThan(2);
    });

    test('shows each byte of it, masked on the way to the server alone', async () => {
      const { page, a } = await open();
      await page.getByTestId('room-echo').check({ force: true });
      await a.connect();
      await a.say('Hello');
      const wire = page.getByTestId('wire-timeline');
      await expect.poll(() => wire.getByRole('option').filter({ hasText: 'Hello' }).count()).toBe(2);
      await wire.getByRole('option').filter({ hasText: 'Hello' }).last().click();
      await wire.getByText('81 05 48 65 6c 6c 6f').waitFor();
      await wire.getByRole('option').filter({ hasText: 'request' }).first().click();
      await wire.getByTestId('handshake-view').getByText('GET /echo HTTP/1.1').first().waitFor();
    });
  });

  describe('with the demo server', () => {
    test('shows each frame that its own WebSocket sends and gets, and breaks that line', async () => {
      const server = await startDemoServer(0);
      onTestFinished(() => server.stop());
      const own = await serveSite(0, () => server);
      onTestFinished(() => own.stop());
      const { page, a, errors } = await openPlayground(browser, `http://localhost:${own.port}`, 'demo');
      onTestFinished(() => page.close());
      const line = new BrokenLine(page);
      await line.watch();
      await page.getByTestId('room-echo').check({ force: true });
      await a.connect();
      await a.say('Hello');
      const wire = page.getByTestId('wire-timeline');
      await expect.poll(() => wire.getByRole('option').filter({ hasText: 'Hello' }).count()).toBe(2);
      await wire.getByRole('option').filter({ hasText: 'Hello' }).last().click();
      // RFC 6455 5.7: a text of a server, as it stands there.
      await wire.getByText('81 05 48 65 6c 6c 6f').waitFor();
      await line.press('fault-cut');
      await expect.poll(() => line.seen()).toContain('open-waiting waiting');
      await line.lit('open');
      await line.refuse('503');
      await line.press('fault-cut');
      // The browser does not tell its page why: the wire does.
      await wire.getByRole('option').filter({ hasText: '503' }).first().waitFor();
      await line.refuse('none');
      await line.lit('open');
      expect(errors).toEqual([]);
    });
  });

  describe('with a server elsewhere', () => {
    test('shows the messages, says plainly that no frames are seen, and has the switches that a page has', async () => {
      const server = await startDemoServer(0);
      onTestFinished(() => server.stop());
      const { page, a, line } = await open('url', server.port);
      await page.getByTestId('no-frames').waitFor();
      await page.getByTestId('url').fill(`ws://127.0.0.1:${server.port}/echo`);
      await a.connect();
      await a.say('over a real line');
      const rows = page.getByTestId('wire-timeline').getByRole('option').filter({ hasText: 'over a real line' });
      await expect.poll(() => rows.count()).toBe(2);
      expect(await page.getByTestId('fault-cut').count()).toBe(0);
      await line.press('fault-reconnect');
      await expect.poll(() => line.seen()).toContain('open-connecting connecting');
      await line.lit('open');
    });

    test('dials it no more without a network, and at once when it is back', async () => {
      const server = await startDemoServer(0);
      const { page, a, line } = await open('url', server.port);
      await page.getByTestId('url').fill(`ws://127.0.0.1:${server.port}/echo`);
      await a.connect();
      await line.press('fault-offline');
      await server.stop();
      await line.lit('waiting');
      const again = await startDemoServer(server.port);
      onTestFinished(() => again.stop());
      const before = (await line.seen()).length;
      await line.press('fault-offline');
      await line.lit('open');
      expect((await line.seen()).slice(before)).toEqual(['waiting-connecting connecting', 'connecting-open open']);
    });
  });

  describe('shows as the text it is', () => {
    test('markup in a message and in a name', async () => {
      const playground = await open();
      const { a, b } = playground;
      await a.connect();
      await b.connect();
      await a.part('name-input').fill(shortAttack);
      await a.part('rename').click();
      await a.part('name').getByText(shortAttack).waitFor();
      await a.say(attack);
      await b.shows(attack);
      await b.shows(shortAttack);
      await playground.page.getByTestId('wire-timeline').getByText('owned').first().waitFor();
      await expectNoMarkup(playground);
    });

    test('markup in a URL', async () => {
      const playground = await open('url');
      const { page, a } = playground;
      await page.getByTestId('url').fill(`ftp://${attack}`);
      await a.part('connect').click();
      await a.part('problem').getByText('invalid-url').waitFor();
      await expectNoMarkup(playground);
    });
  });

  describe('the line', () => {
    test('that is cut is dialed again after a delay that counts down', async () => {
      const { page, line } = await openConnected();
      await line.refuse('503');
      await line.press('fault-cut');
      await page
        .getByTestId('countdown')
        .getByText(/Attempt \d in \d\.\d s/)
        .waitFor();
      await page
        .getByTestId('backoff')
        .getByText(/drawn from 0\.4 to \d\.\d s/)
        .waitFor();
      await line.tells(/the server answered 503|HTTP/i);
      await line.refuse('none');
      await line.lit('open');
      const seen = await line.seen();
      expect(seen).toEqual(
        expect.arrayContaining(['open-waiting waiting', 'waiting-connecting connecting', 'connecting-waiting waiting']),
      );
      expect(seen.at(-1)).toBe('connecting-open open');
    });

    test('that falls silent is found out by the heartbeat', async () => {
      const { page, line } = await openConnected();
      await line.press('fault-silent');
      await page.locator('[data-testid=heartbeat][data-asked=true]').waitFor();
      await expect.poll(() => line.seen(), { timeout: 20_000 }).toContain('open-waiting waiting');
      await line.press('fault-silent');
      await line.lit('open');
    });

    test('beats, and each round trip is shown', async () => {
      const { page, line } = await openConnected();
      await line.slide('fault-delay', 200);
      const trip = page.getByTestId('round-trip');
      await expect
        .poll(async () => Number.parseFloat(await trip.innerText()), { timeout: 15_000 })
        .toBeGreaterThan(390);
    });

    test.each([['401'], ['403']])('refused with %s is given up: dialing again would not help', async (status) => {
      const { line } = await openConnected();
      await line.refuse(status);
      await line.press('fault-cut');
      await line.lit('closed');
      expect((await line.seen()).at(-1)).toBe('connecting-closed closed');
    });

    test('refused with 429 waits as long as the server said, or until the reader says so', async () => {
      const { page, line } = await openConnected();
      await line.refuse('429');
      await line.press('fault-cut');
      await page.getByTestId('backoff').getByText('the server asked for 3.0 s').waitFor();
      await line.refuse('none');
      await line.press('backoff-dial-now');
      await line.lit('open');
    });

    test.each([['503'], ['refuse']])('refused with %s is dialed again', async (choice) => {
      const { line } = await openConnected();
      await line.refuse(choice);
      await line.press('fault-cut');
      await expect.poll(() => line.seen()).toContain('connecting-waiting waiting');
      await line.refuse('none');
      await line.lit('open');
    });

    test('of a server that restarts comes back with it, and what waited is handed over', async () => {
      const { page, a, line } = await openConnected();
      await line.slide('down-seconds', 2);
      await line.press('fault-restart');
      await page.getByTestId('server-down').waitFor();
      await line.lit('waiting');
      await line.press('send-ten');
      const outbox = page.getByTestId('outbox');
      expect(Number(await outbox.getAttribute('data-messages'))).toBe(10);
      await line.lit('open');
      await expect.poll(() => outbox.getAttribute('data-messages')).toBe('0');
      await a.marksLastOwn('delivered');
    });

    test('without a network is not dialed, and at once when it is back', async () => {
      const { line } = await openConnected();
      await line.press('fault-offline');
      await line.lit('waiting');
      const before = (await line.seen()).length;
      await line.press('fault-offline');
      await line.lit('open');
      const since = (await line.seen()).slice(before);
      expect(since).toEqual(['waiting-connecting connecting', 'connecting-open open']);
    });

    test('is let go, and the last transitions are lit', async () => {
      const { a, line } = await openConnected();
      await a.disconnect();
      await line.lit('closed');
      expect((await line.seen()).slice(-2)).toEqual(['open-closing closing', 'closing-closed closed']);
    });

    test('is cut ten times, and with delivery nothing is lost or doubled', async () => {
      const { page, line } = await open();
      await line.slide('run-rate', 50);
      await line.press('run-start');
      await line.press('run-cut-ten');
      await page.locator('[data-testid=delivery-run][data-cuts-left="0"]').waitFor({ timeout: 60_000 });
      await line.press('run-stop');
      const sent = await line.count('delivery-sent');
      await expect.poll(() => line.count('delivery-received'), { timeout: 20_000 }).toBe(sent);
      await expect.poll(() => line.count('delivery-acknowledged')).toBe(sent);
      expect(sent).toBeGreaterThan(100);
      expect([await line.count('delivery-lost'), await line.count('delivery-doubled')]).toEqual([0, 0]);
      // The plain client beside it had the same line, and the count can tell.
      expect(await line.count('plain-received')).toBeGreaterThan(0);
    });
  });
});

test('a browser that knows of no network still has the server in the page', async () => {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const { page, a, errors } = await openPlayground(browser, site.base, 'page');
  const line = new BrokenLine(page);
  await line.watch();
  await page.context().setOffline(true);
  expect(await page.evaluate(() => navigator.onLine)).toBe(false);
  await a.connect();
  await line.press('fault-cut');
  await expect.poll(() => line.seen()).toContain('open-waiting waiting');
  await line.lit('open');
  await a.say('with no network');
  await a.marksLastOwn('delivered');
  expect(errors).toEqual([]);
});

test('someone who wants less motion gets none', async () => {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const { page, a } = await openPlayground(browser, site.base, 'page');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await a.connect();
  const moving = page.locator('.arrow.last .line, .pulse');
  const animations = await moving.evaluateAll((parts) => parts.map((part) => getComputedStyle(part).animationName));
  expect(animations).toEqual(['none', 'none']);
});
