import type { ClientName } from './clients/client-end.ts';
import { type ServerEnd, type ServerName, serverEnds } from './ends/server-end.ts';
import type { Engine, RemoteClient } from './engines/engine.ts';
import type { FaultLine } from './line/fault-line.ts';
import { type FaultProxy, startFaultProxy } from './line/fault-proxy.ts';

/** Two real ends with a proxy between, the client open on the first line. */
export interface Bench {
  readonly server: ServerEnd;
  readonly proxy: FaultProxy;
  readonly client: RemoteClient;
  /** The first line. */
  readonly line: FaultLine;
}

/** How a bench is set. */
export interface BenchOptions {
  readonly server?: ServerName;
  readonly client?: ClientName;
  /** When the client asks whether the line lives, in ms. */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number };
  /** Faults that a line has from its first byte. */
  readonly onLine?: (line: FaultLine) => void;
}

/** A heartbeat that finds a dead line soon. */
export const quick = { intervalMs: 200, timeoutMs: 200 } as const;

/** One that asks as often, and on a machine that is busy with other things still takes no live line for dead. */
const patient = { intervalMs: 200, timeoutMs: 10_000 } as const;

/** Runs between two ends and ends them all. */
export async function withBench<T>(
  engine: Engine,
  { server: serverName = 'ws', client: clientName = 'holdfast', heartbeat = patient, onLine }: BenchOptions,
  run: (bench: Bench) => Promise<T>,
): Promise<T> {
  const server = await serverEnds[serverName]();
  const proxy = await startFaultProxy(server.port, onLine);
  const client = await engine.start(clientName, `ws://127.0.0.1:${proxy.port}`, heartbeat);
  try {
    await client.until({ opens: 1 });
    return await run({ server, proxy, client, line: await proxy.line(1) });
  } finally {
    void client.close().catch(() => {});
    await proxy.close();
    await server.close();
  }
}

/** The whole numbers from the first to the last. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Holds back what the server says, and resolves when the client has asked it whether the line lives. */
export async function holdAnswer({ client, line, server }: Bench): Promise<void> {
  const { answers } = await client.until({ answers: 1 });
  line.block('toClient');
  await server.untilAsked(answers + 1);
}
