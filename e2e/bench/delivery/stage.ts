import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../child.ts';
import { pinTogether } from '../pin.ts';
import type { Sample, Stage } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import type { ClientOrder } from './client-process.ts';
import type { ServerOrder } from './server-process.ts';
import type { DeliveryRole, DeliveryWork } from './work.ts';

/** Ours with delivery, and the same without. */
export const deliveryNames: readonly ContenderName[] = ['holdfast', 'no delivery'];

/** How long an acknowledgement may wait, and a little more, in ms: what belongs to a round is then over. */
const settledMs = 30;

interface Pair {
  readonly server: Child;
  readonly client: Child;
}

/** A client and a server of ours with delivery, and a pair without: four processes, of which two work at a time. */
export async function openDelivery(work: DeliveryWork, isInFile = false): Promise<Stage> {
  const folder = isInFile ? await mkdtemp(join(tmpdir(), 'holdfast-bench-')) : undefined;
  const started = deliveryNames.map(async (name): Promise<[ContenderName, Pair]> => {
    const file = folder && join(folder, 'session');
    return [name, await startPair({ ...work, hasDelivery: name === 'holdfast', ...(file && { file }) })];
  });
  const pairs = new Map(await Promise.all(started));
  return {
    round: (name, count) => runRound(pairs.get(name)!, count),
    async close() {
      for (const { client, server } of pairs.values()) await Promise.all([client.end(), server.end()]);
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startPair(role: DeliveryRole): Promise<Pair> {
  const [server, client] = await Promise.all(
    ['server-process.ts', 'client-process.ts'].map((script) =>
      startChild(new URL(script, import.meta.url), [JSON.stringify(role)]),
    ),
  );
  // As for the other round trips.
  if (role.kind === 'trip') pinTogether([server!.pid, client!.pid]);
  const { port } = server!.hello as { port: number };
  await client!.ask({ url: `ws://127.0.0.1:${port}/` } satisfies ClientOrder);
  return { server: server!, client: client! };
}

async function runRound({ server, client }: Pair, count: number): Promise<Sample> {
  const before = await bytesOf(server, count);
  const sample = (await client.ask({ round: count } satisfies ClientOrder)) as Sample;
  await new Promise((resolve) => void setTimeout(resolve, settledMs));
  return { ...sample, wireBytes: (await bytesOf(server, count)) - before };
}

async function bytesOf(server: Child, count: number): Promise<number> {
  const { bytes } = (await server.ask({ count } satisfies ServerOrder)) as { bytes: number };
  return bytes;
}
