import type { Browser, Locator, Page } from 'playwright-core';

/** The playground in a browser, with what it must not do noted: errors, and requests to anybody else. */
export interface Playground {
  readonly page: Page;
  readonly a: Pane;
  readonly b: Pane;
  /** Errors on the console, apart from the browser's own word on a WebSocket that could not connect. */
  readonly errors: string[];
  /** Requests to another host than the site's. */
  readonly strangers: string[];
}

/** Where the clients of the playground dial. */
export type Place = 'page' | 'demo' | 'url';

/** What Chromium and Firefox say themselves of a WebSocket that was refused or cut. */
const browsersOwnWord =
  /^(WebSocket connection to .* failed|Firefox can.t establish a connection to|The connection to ws.* was interrupted)/;

/** Opens the playground of the site at `base`, with its switch at this place. */
export async function openPlayground(
  browser: Browser,
  base: string,
  place: Place,
  viewport: { width: number; height: number } = { width: 1280, height: 900 },
): Promise<Playground> {
  const page = await browser.newPage({ viewport });
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => browsersOwnWord.test(error.message) || errors.push(error.message));
  page.on('console', (message) => {
    const isRefusedDial = browsersOwnWord.test(message.text());
    if (message.type() === 'error' && !isRefusedDial) errors.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) strangers.push(request.url());
  });
  await page.goto(`${base}/playground`);
  const a = new Pane(page.getByTestId('pane-a'));
  const b = new Pane(page.getByTestId('pane-b'));
  // The server in the page is there when the page has come to life; what stands further down comes when the rest is idle.
  await page.locator('[data-testid=connection-bar][data-ready=true]').waitFor();
  await page.locator('.playground[data-alive=true]').waitFor();
  if (place !== 'page') await page.locator(`[data-testid=place-${place}]:enabled`).check();
  // The log of events is folded.
  for (const summary of await page.locator('.pane > details > summary').all()) await summary.click();
  await a.watchStates();
  // A server at any URL gets one client, unless it is a chat.
  if (place !== 'url') await b.watchStates();
  return { page, a, b, errors, strangers };
}

/** One of the two clients on the page. */
export class Pane {
  readonly #root: Locator;

  constructor(root: Locator) {
    this.#root = root;
  }

  get messages(): Locator {
    return this.#root.getByTestId('messages');
  }

  /** What stands in the pane under this test id. */
  part(testId: string): Locator {
    return this.#root.getByTestId(testId);
  }

  get events(): Locator {
    return this.#root.getByTestId('events');
  }

  async connect(): Promise<void> {
    await this.#root.getByTestId('connect').click();
    await this.inState('open');
  }

  async disconnect(): Promise<void> {
    await this.#root.getByTestId('disconnect').click();
    await this.inState('closed');
  }

  /** Types a message and presses Enter. */
  async say(text: string): Promise<void> {
    await this.#root.getByTestId('message-input').fill(text);
    await this.#root.getByTestId('message-input').press('Enter');
  }

  /** Waits until the badge shows this state. */
  async inState(name: string): Promise<void> {
    await this.#root.getByTestId('state').getByText(name, { exact: true }).waitFor();
  }

  /** Waits until a message with exactly this text is shown. */
  async shows(text: string): Promise<void> {
    await this.messages.getByText(text, { exact: true }).waitFor();
  }

  /** Waits until the last message of one's own is marked so. */
  async marksLastOwn(delivery: string): Promise<void> {
    await this.messages.locator('.own').last().locator(`[data-delivery=${delivery}]`).waitFor();
  }

  /** The types in the event log, in order. */
  async eventTypes(): Promise<string[]> {
    return this.events.locator('li b').allInnerTexts();
  }

  /** Every state that the badge showed since the page was opened. */
  async states(): Promise<string[]> {
    return this.#root.evaluate((root: Element & { states?: string[] }) => root.states ?? []);
  }

  /** Begins to note the badge's states: some last no longer than a round trip. */
  async watchStates(): Promise<void> {
    await this.#root.evaluate((root: Element & { states?: string[] }) => {
      const badge = root.querySelector('[data-testid=state]');
      const states = (root.states = [badge?.textContent ?? '']);
      const observer = new MutationObserver(() => states.push(badge?.textContent ?? ''));
      if (badge) observer.observe(badge, { childList: true, characterData: true, subtree: true });
    });
  }
}
