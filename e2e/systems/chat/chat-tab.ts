import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What Chromium and Firefox say themselves of a WebSocket that was refused or cut. */
const browsersOwnWord =
  /^(WebSocket connection to .* failed|Firefox can.t establish a connection to|The connection to ws.* was interrupted)/;

const patience = { timeout: 30_000 };

/** One tab at the page of the chat. */
export class ChatTab {
  readonly page: Page;
  /** Errors on the console, apart from the browser's own word on a lost WebSocket. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    const note = (text: string) => browsersOwnWord.test(text) || this.errors.push(text);
    page.on('pageerror', (error) => note(error.message));
    page.on('console', (message) => message.type() === 'error' && note(message.text()));
  }

  /** The page at this address, before anybody has joined. */
  static async open(context: BrowserContext, url: string): Promise<ChatTab> {
    const tab = new ChatTab(await context.newPage());
    await tab.page.goto(url);
    await tab.part('chat-join').waitFor();
    return tab;
  }

  part(testId: string) {
    return this.page.getByTestId(testId);
  }

  /** Joins, at the process of this number if there are several; resolves when the room has answered. */
  async join(name: string, { process, delivery }: { process?: number; delivery?: boolean } = {}): Promise<void> {
    await this.part('chat-name').fill(name);
    if (process !== undefined) await this.part('chat-server').selectOption(String(process));
    if (delivery !== undefined) await this.part('chat-delivery').setChecked(delivery);
    await this.part('chat-join').click();
    await this.notices(`You are ${name}`);
  }

  async say(text: string): Promise<void> {
    await this.part('chat-text').fill(text);
    await this.part('chat-text').press('Enter');
  }

  /** Waits until somebody else is seen to have said exactly this. */
  async hears(text: string): Promise<void> {
    await this.part('chat-messages').locator('.other').getByText(text, { exact: true }).waitFor(patience);
  }

  /** Waits until exactly this stands there of the room itself. */
  async notices(text: string): Promise<void> {
    await this.part('chat-messages').locator('.notice').getByText(text, { exact: true }).waitFor(patience);
  }

  /** All that was said, by whomever, as it stands there. */
  said(): Promise<string[]> {
    return this.part('chat-messages').locator('.own .text, .other .text').allTextContents();
  }

  /** Waits until all of one's own has come back from the room. */
  async hasDelivered(count: number): Promise<void> {
    await expect
      .poll(() => this.part('chat-messages').locator('.own [data-delivery=delivered]').count(), patience)
      .toBe(count);
  }

  /** Waits until these are shown as who is in the room, in whatever order. */
  async isAmong(...names: string[]): Promise<void> {
    const shown = async () => (await this.part('chat-members').locator('b').allTextContents()).sort();
    await expect.poll(shown, patience).toEqual([...names].sort());
  }
}
