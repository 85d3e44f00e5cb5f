import { createServer, type Server } from 'node:net';

const host = '127.0.0.1';
const firstPort = 21_000;
const ports = 11_000;

/**
 * Listens on a free port of the loopback and answers it. The port lies below the range from which systems take the
 * ports of outgoing connections: a client that redials a dead port there would now and then connect to itself.
 */
export async function listenOnFreePort(server: Server): Promise<number> {
  for (;;) {
    const port = firstPort + Math.floor(Math.random() * ports);
    try {
      await listen(server, port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** A port of the loopback that is free, for a program that has to be told one. */
export async function findFreePort(): Promise<number> {
  const held = createServer();
  const port = await listenOnFreePort(held);
  await closeListener(held);
  return port;
}

/** Listens on this port of the loopback; rejects when the port is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Stops listening and waits until the last connection is gone. */
export function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** The address of a port on the loopback under a scheme. */
export function loopbackUrl(scheme: 'http' | 'ws', port: number): string {
  return `${scheme}://${host}:${port}`;
}
