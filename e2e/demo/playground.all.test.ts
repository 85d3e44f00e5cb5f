import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { openPlayground, type Place, type Playground } from './playground-page.ts';
import { StartProcess } from './start-process.ts';

let start: StartProcess;
let browser: Browser;
let base: string;

beforeAll(async () => {
  start = new StartProcess();
  browser = await launchChromium();
  [base] = await start.line(/http:\/\/localhost:\d+/);
});
afterAll(async () => {
  await browser.close();
  await start.stop();
});

/** The page, which must have done nothing wrong when the test ends. */
async function open(place: Place = 'demo', viewport?: { width: number; height: number }): Promise<Playground> {
  const playground = await openPlayground(browser, base, place, viewport);
  onTestFinished(async () => {
    await playground.page.close();
    expectNoFault(playground);
  });
  return playground;
}

function expectNoFault({ errors, strangers }: Playground): void {
  expect({ errors, strangers }).toEqual({ errors: [], strangers: [] });
}

describe('the chat', () => {
  test('two panes hear each other, and each knows its own messages', async () => {
    const { a, b } = await open();
    await a.connect();
    await b.connect();
    await a.say('hello from A');
    await b.shows('hello from A');
    await a.marksLastOwn('delivered');
    await b.say('hello from B');
    await a.shows('hello from B');
    expect(await a.messages.locator('.own').allInnerTexts()).toEqual(['hello from A\ndelivered']);
    expect(await a.messages.locator('.other .text').allInnerTexts()).toEqual(['hello from B']);
  });

  test('when the demo server stops and starts, the page comes back by itself and shows every state', async () => {
    const { a, b } = await open();
    await a.connect();
    await b.connect();
    start.type('demo');
    await start.line(/demo server stopped/);
    await a.inState('waiting');
    await a.say('written while it was away');
    await a.marksLastOwn('queued');
    start.type('demo');
    await start.line(/demo server started/);
    await a.inState('open');
    await b.inState('open');
    await a.marksLastOwn('delivered');

    const types = await a.eventTypes();
    const lifeOfA = types.filter((type) => type !== 'message' && type !== 'latency');
    expect(lifeOfA.slice(0, 5)).toEqual(['connecting', 'open', 'disconnected', 'waiting', 'connecting']);
    expect(lifeOfA.at(-1)).toBe('open');

    await a.disconnect();
    const states = await a.states();
    expect(states.slice(0, 4)).toEqual(['idle', 'connecting', 'open', 'waiting']);
    expect(states.slice(-4)).toEqual(['connecting', 'open', 'closing', 'closed']);
    expect((await a.eventTypes()).at(-1)).toBe('closed');
  });

  test('a demo server that falls silent is noticed, and found again when it speaks', async () => {
    const { a } = await open();
    await a.connect();
    start.type('freeze');
    await start.line(/demo server frozen/);
    await a.events.getByText('heartbeat-timeout').first().waitFor();
    start.type('freeze');
    await start.line(/demo server goes on/);
    await a.inState('open');
    await a.events.locator('[data-type=latency]').first().waitFor();
  });

  test('markup from the network is shown as the text it is', async () => {
    const { page, a, b } = await open();
    await a.connect();
    await b.connect();
    const attack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    await a.say(attack);
    await b.shows(attack);
    expect(await page.locator('.playground img, .playground script').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
  });

  test('other servers get what is typed', async () => {
    const { page, a } = await open();
    await page.getByTestId('room-echo').check({ force: true });
    await a.connect();
    await a.say('{"type":"probe"}');
    await expect.poll(() => a.messages.locator('.raw').allInnerTexts()).toEqual(['{"type":"probe"}']);
  });

  test('a bad address is refused with its code and a reason', async () => {
    const { page, a } = await open('url');
    await page.getByTestId('url').fill('ftp://localhost');
    await a.part('connect').click();
    await a.part('problem').getByText('invalid-url').waitFor();
  });

  test('the keyboard alone connects, speaks and clears the log', async () => {
    const { page, a } = await open();
    await page.getByTestId('url').focus();
    await page.keyboard.press('Enter');
    await a.inState('open');
    await a.shows((await a.messages.locator('.notice').first().innerText()).trim());
    await page.getByTestId('pane-a').getByTestId('message-input').focus();
    await page.keyboard.type('typed');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await a.marksLastOwn('delivered');
    // Past the fold's head and the name to the log.
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect.poll(() => a.eventTypes()).not.toContain('connecting');
  });
});

describe('the line in the page', () => {
  test('is cut, and the client comes back by itself', async () => {
    const { page, a } = await open('page');
    await a.connect();
    await page.getByTestId('fault-cut').click();
    await expect.poll(() => a.states()).toContain('waiting');
    await a.inState('open');
    await a.say('back again');
    await a.marksLastOwn('delivered');
  });
});

describe('the frame view', () => {
  // One page for all: each test sets the inputs that it looks at.
  let playground: Playground;
  let page: Page;
  beforeAll(async () => {
    playground = await openPlayground(browser, base, 'page');
    page = playground.page;
  });
  afterAll(async () => {
    await page.close();
    expectNoFault(playground);
  });

  // RFC 6455 5.7, and two worked examples.
  test.each([
    ['“Hello”', '81 05 48 65 6c 6c 6f'],
    ['“Hello”, masked', '81 85 37 fa 21 3d 7f 9f 4d 51 58'],
    ['Fragment “Hel”', '01 03 48 65 6c'],
    ['Last fragment “lo”', '80 02 6c 6f'],
    ['Ping “Hello”', '89 05 48 65 6c 6c 6f'],
    ['Pong “Hello”, masked', '8a 85 37 fa 21 3d 7f 9f 4d 51 58'],
    ['“hello websocket”', '81 90 08 f6 ef b1 60 93 83 dd 67 d6 98 d4 6a 85 80 d2 63 93 9b bb'],
    ['Empty ping', '89 80 37 fa 21 3d'],
    ['Close 1000 “bye”', '88 85 37 fa 21 3d 34 12 43 44 52'],
  ])('draws %s with its bytes', async (label, bytes) => {
    await page.getByRole('button', { name: label, exact: true }).click();
    await expect.poll(async () => (await page.getByTestId('frame-hex').innerText()).trim()).toBe(bytes);
    const drawn = await page.getByTestId('frame-diagram').locator('[data-field=payload] .value').allInnerTexts();
    expect(bytes.endsWith(drawn.join(' '))).toBe(true);
  });

  test.each([
    ['256 bytes', /^82 7e 01 00 00 01 02 /],
    ['64 KiB', /^82 7f 00 00 00 00 00 01 00 00 00 01 02 /],
    ['126 bytes', /^82 fe 00 7e 37 fa 21 3d 37 fb 23 /],
    ['65536 bytes', /^82 ff 00 00 00 00 00 01 00 00 37 fa 21 3d 37 fb 23 /],
  ])('leaves out the middle of %s and says how much', async (label, firstBytes) => {
    await page.getByRole('button', { name: label, exact: true }).click();
    await expect.poll(() => page.getByTestId('frame-hex').innerText()).toMatch(firstBytes);
    expect(await page.getByTestId('frame-diagram').innerText()).toMatch(/… [\d,]+ bytes left out …/);
  });

  test('shows masked and unmasked side by side, and a fresh key changes only the masked one', async () => {
    await page.getByRole('button', { name: '“Hello”, masked', exact: true }).click();
    await page.getByTestId('frame-input').fill('é');
    expect(await page.getByTestId('frame-hex-unmasked').innerText()).toContain('81 02 c3 a9');
    const before = await page.getByTestId('frame-hex').innerText();
    await page.getByTestId('frame-random-key').click();
    await expect.poll(() => page.getByTestId('frame-hex').innerText()).not.toBe(before);
    expect(await page.getByTestId('frame-hex-unmasked').innerText()).toContain('81 02 c3 a9');
  });

  test('names the rule that a frame would break', async () => {
    await page.getByRole('button', { name: 'Ping “Hello”', exact: true }).click();
    await page.getByTestId('frame-fin').uncheck();
    await page.getByTestId('frame-error').getByText('invalid-frame').waitFor();
  });

  test.each([
    ['c1 05 48 65 6c 6c 6f', 'auto', 'reserved-bits'],
    ['81 05 48 65 6c 6c 6f', 'server', 'mask-missing'],
    ['81 85 37 fa 21 3d 7f 9f 4d 51 58', 'client', 'mask-unexpected'],
    ['81 7e 00 05 48 65 6c 6c 6f', 'auto', 'length-not-minimal'],
    ['09 00', 'auto', 'control-fragmented'],
    ['88 02 03 e7', 'auto', 'close-code'],
    ['88 03 03 e8 ff', 'auto', 'utf8-invalid'],
  ])('holds pasted bytes %s, read as %s, against the rules: %s', async (bytes, role, code) => {
    await page.getByTestId('decode-role').selectOption(role);
    await page.getByTestId('decode-input').fill(bytes);
    await page.getByTestId('decode-error').getByText(code, { exact: true }).waitFor();
  });

  test('reads every frame of what is pasted, and says what is missing of the last', async () => {
    await page.getByTestId('decode-role').selectOption('auto');
    await page.getByTestId('decode-input').fill('01 03 48 65 6c 80 02 6c 6f 81 05 48');
    const result = page.getByTestId('decode-result');
    await result.getByText('TEXT, 3 bytes: "Hel"').waitFor();
    await result.getByText('CONTINUATION fin, 2 bytes').first().waitFor();
    await result.getByText('3 of at least 7').waitFor();
  });
});

test.each([360, 768, 1280])('nothing is wider than a window of %i px', async (width) => {
  const { page, a, b } = await open('page', { width, height: 800 });
  await a.connect();
  await b.connect();
  const word = 'w'.repeat(400);
  await a.say(word);
  await b.shows(word);
  await page.getByRole('button', { name: '65536 bytes' }).click();
  await page.getByText('As text').first().click();
  for (const path of ['/playground', '/', '/guide/getting-started', '/guide/events', '/decisions/']) {
    if (path !== '/playground') await page.goto(base + path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});
