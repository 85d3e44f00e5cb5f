import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const triesForAPort = 100;

/** Servers on one port of this machine, reachable from this machine only. */
export interface LoopbackServers {
  readonly port: number;
  /** One for each address that `localhost` may mean. */
  readonly servers: readonly Server[];
}

/**
 * Listens on `wantedPort` (0: any), or on the next free one above it.
 * A port counts as free when it is free on 127.0.0.1 and on ::1: a browser may take either for `localhost`.
 */
export async function listenOnLoopback(create: () => Server, wantedPort: number): Promise<LoopbackServers> {
  const last = wantedPort === 0 ? triesForAPort : Math.min(wantedPort + triesForAPort, 65_535);
  for (let port = wantedPort; port <= last; port++) {
    const taken = await tryPort(create, wantedPort === 0 ? 0 : port);
    if (taken) return taken;
  }
  throw new Error(`no free port from ${wantedPort} to ${last}`);
}

async function tryPort(create: () => Server, port: number): Promise<LoopbackServers | undefined> {
  const first = create();
  if (!(await isListening(first, port, '127.0.0.1', ['EADDRINUSE']))) return undefined;
  const taken = (first.address() as AddressInfo).port;
  try {
    const second = create();
    // A machine without IPv6 does without the second.
    const hasSecond = await isListening(second, taken, '::1', ['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
    return { port: taken, servers: hasSecond ? [first, second] : [first] };
  } catch (error) {
    first.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function isListening(server: Server, port: number, host: string, expected: string[]): Promise<boolean> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (expected.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
