import { createClient } from 'redis';
import { findInPath } from '../../browser/executable.ts';
import { startFamily } from '../../browser/family.ts';
import { findFreePort } from '../../servers/listen.ts';

/** A redis-server of its own, which keeps nothing on the disk. */
export interface RedisProcess {
  readonly port: number;
  stop(): Promise<void>;
}

/** Where redis-server is on this machine, if anywhere. */
export function findRedis(): string | undefined {
  return findInPath(['redis-server']);
}

/** Starts one on a free port of the loopback. */
export async function startRedis(program: string): Promise<RedisProcess> {
  const port = await findFreePort();
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const family = startFamily([program, ...own]);
  const client = await connectRedis(port);
  await client.ping();
  await client.close();
  return { port, stop: () => family.end() };
}

/** A client of it, as an app would make one; it waits until the server listens. */
export async function connectRedis(port: number) {
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: () => 50 } });
  // Until the server listens it tells each try.
  client.on('error', () => {});
  await client.connect();
  return client;
}
