import type { Server } from 'node:http';

/** How the rooms get their clients: by one library or another. */
export interface Engine {
  /** Takes the upgrades to the rooms of this server. */
  attach(server: Server): void;
  /** Closes every connection with 1001; resolves when none is left. */
  close(): Promise<void>;
}

export const stopReason = 'the demo server stops';
