import { connect, createServer } from 'node:net';
import { closeListener, listenOnFreePort } from '../../servers/listen.ts';

/** A TCP proxy that counts what it carries. */
export interface Tap {
  readonly port: number;
  /** Bytes of all lines until now, heads included. */
  readonly toServer: number;
  readonly toClient: number;
  close(): Promise<void>;
}

/** Starts one before a port of the loopback. */
export async function startTap(targetPort: number): Promise<Tap> {
  let toServer = 0;
  let toClient = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    client.on('data', (chunk) => {
      toServer += chunk.length;
    });
    target.on('data', (chunk) => {
      toClient += chunk.length;
    });
    client.pipe(target).pipe(client);
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  const port = await listenOnFreePort(server);
  return {
    port,
    get toServer() {
      return toServer;
    },
    get toClient() {
      return toClient;
    },
    close: () => closeListener(server),
  };
}
