import type { EnginePage } from '../../browser/engine.ts';
import type { ClientName, ClientOptions } from '../clients/client-end.ts';
import type { RemoteClient } from './engine.ts';
import type { FaultPage } from './page-entry.ts';

/** Starts a client in a page that runs `page-entry`. What is evaluated there sees nothing but its argument. */
export async function startInPage(
  page: EnginePage,
  name: ClientName,
  url: string,
  options: ClientOptions,
): Promise<RemoteClient> {
  const id = await page.evaluate(
    ([what, where, how]) => (globalThis as unknown as Scope).faultPage.start(what, where, how),
    [name, url, options] as const,
  );
  return {
    send: (numbers, length = 0) =>
      page.evaluate(([to, what, size]) => (globalThis as unknown as Scope).faultPage.send(to, what, size), [
        id,
        numbers,
        length,
      ] as const),
    until: (milestone) =>
      page.evaluate(([of, what]) => (globalThis as unknown as Scope).faultPage.until(of, what), [
        id,
        milestone,
      ] as const),
    keepBusy: (ms) =>
      page.evaluate(([which, time]) => (globalThis as unknown as Scope).faultPage.keepBusy(which, time), [
        id,
        ms,
      ] as const),
    close: () => page.evaluate((which) => (globalThis as unknown as Scope).faultPage.close(which), id),
  };
}

interface Scope {
  readonly faultPage: FaultPage;
}
