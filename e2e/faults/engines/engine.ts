import type { Account, Milestone } from '../clients/client-driver.ts';
import type { ClientName, ClientOptions } from '../clients/client-end.ts';

/** A client in some engine, as a run drives it. */
export interface RemoteClient {
  send(numbers: readonly number[], length?: number): Promise<void>;
  /** Waits until the client has told so much, and answers all that it told. */
  until(milestone: Milestone): Promise<Account>;
  /** Keeps its thread from all else for so long. */
  keepBusy(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A place where clients run. */
export interface Engine {
  readonly name: string;
  start(client: ClientName, url: string, options: Omit<ClientOptions, 'isWeb'>): Promise<RemoteClient>;
  close(): Promise<void>;
}
