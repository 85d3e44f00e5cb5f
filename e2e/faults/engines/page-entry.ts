import { createDrivenClients, type DrivenClients } from './driven-clients.ts';
import { readSlowly } from './read-slowly.ts';

/** What a page offers to whoever drives it. */
export interface FaultPage extends DrivenClients {
  readonly readSlowly: typeof readSlowly;
}

const page: FaultPage = { ...createDrivenClients(), readSlowly };
Object.assign(globalThis, { faultPage: page });
