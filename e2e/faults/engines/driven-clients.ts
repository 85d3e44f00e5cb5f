import { type Account, ClientDriver, type Milestone } from '../clients/client-driver.ts';
import type { ClientName, ClientOptions } from '../clients/client-end.ts';

/** Clients that are driven from elsewhere, each known by the number that `start` answers. */
export interface DrivenClients {
  start(name: ClientName, url: string, options: ClientOptions): number;
  send(id: number, numbers: readonly number[], length: number): void;
  until(id: number, milestone: Milestone): Promise<Account>;
  keepBusy(id: number, ms: number): void;
  close(id: number): Promise<void>;
}

/** No clients yet. */
export function createDrivenClients(): DrivenClients {
  const drivers: ClientDriver[] = [];
  return {
    start: (name, url, options) => drivers.push(new ClientDriver(name, url, options)) - 1,
    send: (id, numbers, length) => drivers[id]!.send(numbers, length),
    until: (id, milestone) => drivers[id]!.until(milestone),
    keepBusy: (id, ms) => drivers[id]!.keepBusy(ms),
    close: (id) => drivers[id]!.close(),
  };
}
