import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { openPlayground, type Playground } from '../demo/playground-page.ts';
import { serveStaticSite, type StaticSite } from './playground-files.ts';

const attack = `<img src=x onerror="document.title='owned'">`;

let site: StaticSite;
beforeAll(async () => {
  site = await serveStaticSite();
});
afterAll(() => site.stop());

describe.each([
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
])('the wire in %s', (_engine, launch) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** The page, which must have complained of nothing when the test ends. */
  async function open(): Promise<Playground> {
    const playground = await openPlayground(browser, site.base, 'page');
    onTestFinished(async () => {
      const { errors, strangers, page } = playground;
      const title = await page.title();
      await page.close();
      expect({ errors, strangers, isOwned: title === 'owned' }).toEqual({ errors: [], strangers: [], isOwned: false });
    });
    return playground;
  }

  /** Client A has said `text` in the chat, and its timeline shows it. */
  async function openWith(text: string): Promise<Playground & { timeline: Locator }> {
    const playground = await open();
    await playground.a.connect();
    await playground.a.say(text);
    const timeline = playground.page.getByTestId('wire-timeline');
    await rowsOf(timeline).filter({ hasText: '"said"' }).first().waitFor();
    return { ...playground, timeline };
  }

  const rowsOf = (timeline: Locator) => timeline.getByTestId('wire-list').getByRole('option');
  const detailOf = (timeline: Locator) => timeline.getByTestId('frame-detail');

  test('shows handshake and frames of both directions, those that the reader chooses', async () => {
    const { timeline } = await openWith('hello');
    const rows = await rowsOf(timeline).allInnerTexts();
    expect(rows[0]).toMatch(/request[^]*GET \/chat HTTP\/1\.1/);
    expect(rows[1]).toMatch(/response[^]*HTTP\/1\.1 101/);
    await timeline.getByTestId('wire-direction').selectOption('client');
    await timeline.getByTestId('wire-find').fill('HELLO');
    await expect.poll(() => rowsOf(timeline).count()).toBe(1);
    await timeline.getByRole('button', { name: 'Text', exact: true }).click();
    await expect.poll(() => rowsOf(timeline).count()).toBe(0);
    await timeline.getByTestId('wire-find').fill('get /chat');
    await expect.poll(() => rowsOf(timeline).count()).toBe(1);
  });

  test('stands still while it is paused, and is cleared', async () => {
    const { timeline, a } = await openWith('one');
    await timeline.getByTestId('wire-pause').click();
    await a.say('two');
    await expect.poll(() => timeline.getByTestId('wire-pause').innerText()).toMatch(/Go on \(\d+ new\)/);
    expect(await rowsOf(timeline).filter({ hasText: 'two' }).count()).toBe(0);
    await timeline.getByTestId('wire-pause').click();
    await rowsOf(timeline).filter({ hasText: 'two' }).first().waitFor();
    await timeline.getByTestId('wire-clear').click();
    await expect.poll(() => rowsOf(timeline).filter({ hasText: 'one' }).count()).toBe(0);
  });

  test('opens a frame by the keyboard, and explains each bit by the arrow keys and by the pointer', async () => {
    const { page, timeline } = await openWith('bits');
    await timeline.getByTestId('wire-find').fill('"say"');
    await expect.poll(() => rowsOf(timeline).count()).toBe(1);
    await timeline.getByTestId('wire-list').focus();
    await page.keyboard.press('ArrowDown');
    const detail = detailOf(timeline);
    await detail.waitFor();
    const cells = detail.locator('button.cell');
    const about = (text: RegExp) => expect.poll(() => detail.locator('.about').first().innerText()).toMatch(text);
    await cells.first().focus();
    await about(/^FIN RFC 6455 5\.2 [^]*Here 1: the last/);
    await page.keyboard.press('ArrowRight');
    await about(/^RSV1/);
    for (let count = 0; count < 4; count++) await page.keyboard.press('ArrowRight');
    await about(/^MASK RFC 6455 5\.1 [^]*masked: as a client must send/);
    await page.keyboard.press('End');
    await about(/^Payload data [^]*on the wire ⊕ [^]*in ASCII }/);
    await detail.locator('button.cell[data-field=opcode]').hover();
    await about(/^Opcode [^]*0x1: text/);
  });

  test('shows what was masked beside what it is, as text', async () => {
    const { page, timeline } = await openWith(attack);
    await timeline.getByTestId('wire-find').fill('"say"');
    await rowsOf(timeline).first().click();
    const detail = detailOf(timeline);
    const text = await detail.getByTestId('payload-text').innerText();
    expect(JSON.parse(text)).toMatchObject({ type: 'say', text: attack });
    const [wire, key] = await Promise.all([
      detail.locator('.masked').allInnerTexts(),
      detail.locator('.key code').innerText(),
    ]);
    expect(unmask(wire.join(' '), key)).toBe(text.slice(0, 128));
    expect(await page.locator('.playground img').count()).toBe(0);
  });

  test('opens the handshake, with the accept key in steps', async () => {
    const { timeline } = await openWith('key');
    await rowsOf(timeline).filter({ hasText: 'HTTP/1.1 101' }).first().click();
    const view = timeline.getByTestId('handshake-view');
    expect(await view.innerText()).toMatch(/Sec-WebSocket-Key:[^]*RFC 6455 4\.1[^]*Sec-WebSocket-Accept:/);
    const steps = await view.getByTestId('accept-steps').locator('li code').allInnerTexts();
    expect(steps[1]).toBe(`${steps[0]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    expect(Buffer.from((steps[2] ?? '').replaceAll(' ', ''), 'hex').toString('base64')).toBe(steps[3]);
    expect(steps[4]).toBe(steps[3]);
    expect(await view.getByTestId('accept-steps').innerText()).toMatch(/✓ equal/);
  });

  test('puts a ping between fragments, and the echo is whole', async () => {
    const { page } = await open();
    const lab = page.getByTestId('fragment-lab');
    await lab.getByTestId('fragment-text').fill(`grüße ${attack}`);
    await lab.getByTestId('fragment-count').fill('5');
    const frames = lab.getByTestId('fragment-frames').getByRole('button');
    await expect
      .poll(() => frames.allInnerTexts().then((all) => all.map((text) => text.split('\n')[0])))
      .toEqual(['fragment 1 of 5', 'ping', 'fragment 2 of 5', 'fragment 3 of 5', 'fragment 4 of 5', 'fragment 5 of 5']);
    await lab.getByTestId('fragment-send').click();
    const result = lab.getByTestId('fragment-result');
    await result.waitFor();
    expect(await result.innerText()).toMatch(/^✓ The echo is whole 6 frames went out, and came back as one message/);
    expect(await result.locator('code').innerText()).toBe(`grüße ${attack}`);
    await expect
      .poll(() => namesOf(lab))
      .toEqual([
        'request',
        'response',
        'text …',
        'ping',
        'continued …',
        'continued …',
        'continued …',
        'continued',
        'pong',
        'text',
        'close',
        'close',
      ]);
  });

  test('names the rule that pasted bytes break, with its section', async () => {
    const { page } = await open();
    await readHex(page, 'c1 05 48 65 6c 6c 6f', /^RFC 6455 5\.2 RSV1/);
    await readHex(page, '01 01 61 81 01 62', /^RFC 6455 5\.4 Until a fragmented message has ended/);
    await readHex(page, '81 02 c3 28', /^RFC 6455 8\.1 Text is UTF-8/);
  });
});

/** What the rows of a list are called, in order. */
async function namesOf(part: Locator): Promise<string[]> {
  return part.locator('[role=option] .name').allInnerTexts();
}

async function readHex(page: Page, hex: string, rule: RegExp): Promise<void> {
  const view = page.getByTestId('decode-view');
  await view.getByTestId('decode-input').fill(hex);
  await expect.poll(() => view.getByTestId('broken-rule').innerText()).toMatch(rule);
}

/** Masked bytes and their key, both in hex, as the text that they are. */
function unmask(hex: string, keyHex: string): string {
  const bytes = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
  const key = bytes(keyHex);
  return Buffer.from(bytes(hex).map((byte, at) => byte ^ (key[at % 4] ?? 0))).toString('latin1');
}
