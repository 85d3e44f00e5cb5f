import { type Connection, serve, type Server, type ServeOptions } from '@holdfast/node/server';
import type { Stand } from './command.ts';
import type { Outlet } from './outlet.ts';
import { readFile } from './read-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * Listens, and shows where and who is refused. Throws a UsageError on a file that cannot be read, or a HoldfastError as `serve`
 * does.
 */
export async function openStand(
  stand: Stand,
  show: Outlet['show'],
  onConnection: (connection: Connection) => void,
): Promise<Server> {
  const server = await serve(serveOptions(stand, show), onConnection);
  const scheme = stand.tls.cert === undefined ? 'ws' : 'wss';
  const host = stand.host.includes(':') ? `[${stand.host}]` : stand.host;
  show({ event: 'listening', url: `${scheme}://${host}:${server.port}/` });
  return server;
}

function serveOptions({ port, host, protocols, origin, tls, isCompressed }: Stand, show: Outlet['show']): ServeOptions {
  if ((tls.cert === undefined) !== (tls.key === undefined)) throw new UsageError('--cert and --key: both, or none');
  return {
    port,
    host,
    protocols,
    compression: isCompressed,
    ...(origin !== undefined && { origin }),
    ...(tls.cert !== undefined && {
      tls: { cert: Buffer.from(readFile('--cert', tls.cert)), key: Buffer.from(readFile('--key', tls.key as string)) },
    }),
    onRefused: (error) => show({ event: 'refused', error }),
    onError: (error) => show({ event: 'fault', text: error.message }),
  };
}
