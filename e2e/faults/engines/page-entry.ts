import { type Account, ClientDriver, type Milestone } from '../clients/client-driver.ts';
import type { ClientName, ClientOptions } from '../clients/client-end.ts';

/** What a page offers to whoever drives it: one client. */
export interface FaultPage {
  start(name: ClientName, url: string, options: ClientOptions): void;
  send(numbers: readonly number[], length?: number): void;
  until(milestone: Milestone): Promise<Account>;
  close(): Promise<void>;
}

let driver: ClientDriver;

const page: FaultPage = {
  start: (name, url, options) => {
    driver = new ClientDriver(name, url, options);
  },
  send: (numbers, length) => driver.send(numbers, length),
  until: (milestone) => driver.until(milestone),
  close: () => driver.close(),
};
Object.assign(globalThis, { faultPage: page });
