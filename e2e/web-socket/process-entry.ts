import process from 'node:process';
import { WebSocket as OwnWebSocket } from '@holdfast/node';
import type { WebSocketClass } from './row.ts';
import { rows } from './rows/all.ts';
import { differencesOf } from './run-rows.ts';

// The types of browsers hold for the class, too.
const own: WebSocketClass = OwnWebSocket;

/** Which class is looked at: ours, or the global of the runtime. */
export type ClassName = 'holdfast' | 'native';

/** What takes longer has not ended in a minute either. */
const nativeLimitMs = 2_000;

/** Looks at the class that the command line names; what is wrong comes as a line of JSON. */
async function runAll(): Promise<void> {
  const [name = '', server = ''] = process.argv.slice(2);
  const isOwn = name === ('holdfast' satisfies ClassName);
  const bench = { WebSocket: isOwn ? own : globalThis.WebSocket, server, isPage: false };
  const differences = await differencesOf(rows, bench, isOwn ? undefined : nativeLimitMs);
  process.stdout.write(`${JSON.stringify(differences)}\n`, () => {
    // With ours the process ends by itself; that of Node keeps sockets that never close.
    if (!isOwn) process.exit();
  });
}

void runAll();
