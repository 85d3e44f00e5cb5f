import { range, withBench } from '../bench.ts';
import type { ClientName } from '../clients/client-end.ts';
import type { ServerName } from '../ends/server-end.ts';
import type { Engine, RemoteClient } from '../engines/engine.ts';
import { type Report, reportOf } from '../report.ts';

const messages = 10;

/** The clients that are run beside ours. */
export const peers = [
  'partysocket',
  'reconnecting-websocket',
  'socket.io-client',
] as const satisfies readonly ClientName[];

/** Those that need a server of their own kind. */
const servers: Partial<Record<ClientName, ServerName>> = {
  'socket.io-client': 'socket.io',
  'holdfast with delivery': 'holdfast',
};

/** What comes after: the client is back when the server has these. */
const after = range(messages + 1, messages + 3);

/** How a black hole is run. */
export interface BlackHoleOptions {
  /** How many of the ten pass before the line goes silent. Default 3. */
  readonly passing?: number;
  /** Whether the client has heard, before the line goes silent, that these were read. */
  readonly isProven?: boolean;
}

/**
 * The line swallows all that comes behind the first few of ten messages, and drops when the last is sent. Then three more
 * are sent, and only when they are there, all that went before has arrived or is lost: the report is about the ten.
 */
export async function runBlackHole(
  engine: Engine,
  client: ClientName,
  { passing = 3, isProven = false }: BlackHoleOptions = {},
): Promise<Report> {
  const server = servers[client] ?? 'ws';
  const run = isProven ? 'black hole after a heartbeat' : 'black hole';
  return withBench(engine, { client, server }, async (bench) => {
    await bench.client.send(range(1, passing));
    await bench.server.until(range(1, passing));
    if (isProven) await hearAnswer(bench.client);
    bench.line.stall();
    await bench.client.send(range(passing + 1, messages));
    bench.line.drop();
    await bench.client.until({ opens: 2 });
    await bench.client.send(after);
    await bench.server.until(after);
    const arrived = bench.server.received.filter((number) => number <= messages);
    const account = await bench.client.until({});
    return reportOf({ run, client, engine: engine.name }, range(1, messages), arrived, account);
  });
}

/** Two answers: the question of the next one may have been asked before. */
async function hearAnswer(client: RemoteClient): Promise<void> {
  const { answers } = await client.until({});
  await client.until({ answers: answers + 2 });
}
