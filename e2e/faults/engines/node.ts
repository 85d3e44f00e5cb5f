import { ClientDriver } from '../clients/client-driver.ts';
import type { Engine } from './engine.ts';

/** Clients in this process. */
export async function startNode(): Promise<Engine> {
  return {
    name: 'Node',
    start: async (name, url, options) => {
      const driver = new ClientDriver(name, url, { ...options, isWeb: false });
      return {
        send: async (numbers, length) => driver.send(numbers, length),
        until: (milestone) => driver.until(milestone),
        keepBusy: async (ms) => driver.keepBusy(ms),
        close: () => driver.close(),
      };
    },
    close: async () => {},
  };
}
