import type { ConnectOptions, NodeClient } from '@holdfast/node';
import type { Dial } from './command.ts';
import type { Outlet } from './outlet.ts';
import { readHeaders } from './read-headers.ts';
import { showUrl } from './show-url.ts';
import { tlsOptions } from './tls-options.ts';

const insecure =
  '--insecure: nobody has checked who this server is, and all of this can be read and changed on the way';

/** The options of a client for those of the command line. Throws a UsageError on a file that cannot be read. */
export function dialOptions({ headers, protocols, origin, tls, connectTimeoutMs, ...rest }: Dial): ConnectOptions {
  return {
    headers: readHeaders(headers),
    protocols,
    ...(origin !== undefined && { origin }),
    tls: tlsOptions(tls),
    ...(rest.proxy !== undefined && { proxy: rest.proxy }),
    ...(rest.socketPath !== undefined && { socketPath: rest.socketPath }),
    followRedirects: rest.followRedirects,
    connectTimeoutMs,
    compression: rest.isCompressed,
    ...(!rest.hasHeartbeat && { heartbeat: false }),
  };
}

/** Shows how the line of a client comes and goes, but not its end. */
export function tellLine(client: NodeClient, { url, tls }: Dial, show: Outlet['show']): void {
  if (tls.isInsecure && url.startsWith('wss:')) show({ event: 'warning', text: insecure });
  let dialedMs = 0;
  client.on('connecting', () => {
    dialedMs = performance.now();
  });
  client.on('open', (opened) => {
    const { protocol } = opened;
    const elapsedMs = roundMs(performance.now() - dialedMs);
    show({ event: 'open', url: showUrl(opened.url), protocol, extensions: client.extensions, elapsedMs });
  });
  client.on('disconnected', ({ willReconnect, code, error }) => {
    if (willReconnect) show({ event: 'disconnected', code, error });
  });
  client.on('waiting', ({ attempt, delayMs }) => show({ event: 'waiting', attempt, delayMs }));
  client.on('error', ({ error }) => show({ event: 'fault', text: error.message }));
}

/** To microseconds: more is noise. */
export function roundMs(timeMs: number): number {
  return Math.round(timeMs * 1000) / 1000;
}
