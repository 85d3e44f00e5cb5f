import { rows } from './rows/all.ts';
import { type Differences, differencesOf } from './run-rows.ts';

/** What the page offers to whoever drives it. */
export interface RowsPage {
  run(server: string): Promise<Differences>;
}

const page: RowsPage = {
  run: (server) => differencesOf(rows, { WebSocket: globalThis.WebSocket, server, isPage: true }),
};

Object.assign(globalThis, { rowsPage: page });
