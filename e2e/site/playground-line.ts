import type { Page } from 'playwright-core';

/** What the part of the playground that breaks the line shows, and its switches. */
export class BrokenLine {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses a button of the part by its test id. */
  async press(testId: string): Promise<void> {
    await this.#page.getByTestId(testId).click();
  }

  /** What the next dials are refused with: `none`, a status or `refuse`. */
  async refuse(choice: string): Promise<void> {
    await this.#page.getByTestId(`refuse-${choice}`).check({ force: true });
  }

  /** Moves a slider. */
  async slide(testId: string, value: number): Promise<void> {
    await this.#page.getByTestId(testId).fill(String(value));
  }

  /** Begins to note which state is lit, and by which transition: some last no longer than a round trip. */
  async watch(): Promise<void> {
    await this.#page.getByTestId('machine').evaluate((machine: Element & { seen?: string[] }) => {
      const seen: string[] = (machine.seen = []);
      const note = () => {
        const lit = [...machine.querySelectorAll('.state.lit')].map((node) => node.getAttribute('data-node'));
        const arrow = [...machine.querySelectorAll('.arrow.last')].map((node) => node.getAttribute('data-arrow'));
        const now = `${arrow.join()} ${lit.join()}`;
        if (now !== seen.at(-1)) seen.push(now);
      };
      new MutationObserver(note).observe(machine, { attributes: true, childList: true, subtree: true });
    });
  }

  /** Each transition since `watch` with the state that it led to: `open-waiting waiting`. */
  async seen(): Promise<string[]> {
    return this.#page.getByTestId('machine').evaluate((machine: Element & { seen?: string[] }) => machine.seen ?? []);
  }

  /** Waits until this state is lit. */
  async lit(state: string): Promise<void> {
    await this.#page.locator(`[data-testid=machine][data-current=${state}] [data-node=${state}].lit`).waitFor();
  }

  /** Waits until the last transition is told with these words. */
  async tells(words: string | RegExp): Promise<void> {
    await this.#page.getByTestId('last-step').getByText(words).waitFor();
  }

  /** What one cell of the count says. */
  async count(cell: string): Promise<number> {
    return Number(await this.#page.getByTestId(cell).innerText());
  }
}
