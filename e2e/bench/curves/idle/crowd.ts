import { type Child, startChild } from '../../child.ts';
import type { CrowdOrder } from './crowd-process.ts';

/** A server with so many idle clients, each end in a process of its own. */
export interface Crowd {
  readonly server: Child;
  readonly clients: Child;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server by this name, which pings in this interval, and its clients. Rejects when they are too many to open. */
export async function openCrowd(name: string, count: number, intervalMs: number): Promise<Crowd> {
  const [server, clients] = await Promise.all([
    startChild(new URL('server-process.ts', import.meta.url), [name, String(intervalMs)]),
    startChild(new URL('crowd-process.ts', import.meta.url)),
  ]);
  const close = async () => {
    await clients.end();
    await server.end();
  };
  const { port } = server.hello as { port: number };
  try {
    await clients.ask({ port, count } satisfies CrowdOrder);
  } catch (cause) {
    await close();
    throw new Error(`${count} connections could not be opened: each end needs as many files (ulimit -n)`, { cause });
  }
  return { server, clients, url: `ws://127.0.0.1:${port}/`, close };
}
