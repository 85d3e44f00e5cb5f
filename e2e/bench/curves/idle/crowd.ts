import { type Child, startChild } from '../../child.ts';
import type { CrowdOrder } from './crowd-process.ts';
import type { PingingOrder } from './pinging-process.ts';

/** A server with so many idle clients, each end in a process of its own: who pings, and is measured, and who answers. */
export interface Crowd {
  readonly pinging: Child;
  readonly answering: Child;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server by this name, which pings in this interval, and its clients. Rejects when they are too many to open. */
export async function openServerCrowd(name: string, count: number, intervalMs: number): Promise<Crowd> {
  const [pinging, answering] = await Promise.all([
    startChild(new URL('server-process.ts', import.meta.url), [name, String(intervalMs)]),
    startChild(new URL('crowd-process.ts', import.meta.url)),
  ]);
  const { port } = pinging.hello as { port: number };
  return openCrowd({ pinging, answering, port }, count, () => answering.ask({ port, count } satisfies CrowdOrder));
}

/** Starts clients by this name, each of which pings in this interval, and their server. */
export async function openClientCrowd(name: string, count: number, intervalMs: number): Promise<Crowd> {
  const [pinging, answering] = await Promise.all([
    startChild(new URL('pinging-process.ts', import.meta.url), [name, String(intervalMs)]),
    startChild(new URL('pinged-process.ts', import.meta.url)),
  ]);
  const { port } = answering.hello as { port: number };
  const url = `ws://127.0.0.1:${port}/`;
  return openCrowd({ pinging, answering, port }, count, () => pinging.ask({ url, count } satisfies PingingOrder));
}

async function openCrowd(
  { pinging, answering, port }: { readonly pinging: Child; readonly answering: Child; readonly port: number },
  count: number,
  open: () => Promise<unknown>,
): Promise<Crowd> {
  const close = async () => {
    await answering.end();
    await pinging.end();
  };
  try {
    await open();
  } catch (cause) {
    await close();
    throw new Error(`${count} connections could not be opened: each end needs as many files (ulimit -n)`, { cause });
  }
  return { pinging, answering, url: `ws://127.0.0.1:${port}/`, close };
}
