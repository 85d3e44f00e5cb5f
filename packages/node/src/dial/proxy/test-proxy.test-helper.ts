import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TestCertificate } from '../../certificates.test-helper.ts';

/** A proxy of a test: where it is, and what it was asked for. */
export interface TestProxy {
  readonly port: number;
  /** A place for each tunnel, as it was asked for. */
  readonly asked: string[];
  /** All bytes of clients, which a tunnel carries too. */
  readonly heard: () => string;
  /** Cuts all tunnels, and is gone. */
  close(): Promise<void>;
}

/** How a proxy greets: reads one request after the other, and answers where to connect, or nothing while it is greeted. */
type Greeter = (
  socket: Socket,
  read: (bytes: number) => Promise<Buffer>,
) => Promise<readonly [string, number] | undefined>;

/** A proxy that speaks CONNECT; with credentials it wants `user:password`, with a certificate TLS. */
export function startHttpProxy(
  options: { readonly credentials?: string; readonly certificate?: TestCertificate } = {},
): Promise<TestProxy> {
  const wanted = options.credentials && `Basic ${Buffer.from(options.credentials).toString('base64')}`;
  return start(options.certificate, async (socket, read) => {
    let head = '';
    while (!head.endsWith('\r\n\r\n')) head += (await read(1)).toString('latin1');
    const [, host = '', port] = /^CONNECT \[?([^\]\s]+?)\]?:(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
    if (wanted && !head.includes(`\r\nProxy-Authorization: ${wanted}\r\n`)) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
      );
      return undefined;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    return [host, Number(port)];
  });
}

/** A proxy that speaks SOCKS 5; with credentials it wants `user:password`. */
export function startSocksProxy(options: { readonly credentials?: string } = {}): Promise<TestProxy> {
  return start(undefined, async (socket, read) => {
    const [, count = 0] = await read(2);
    const methods = await read(count);
    const wanted = options.credentials ? 2 : 0;
    socket.write(Uint8Array.of(5, methods.includes(wanted) ? wanted : 0xff));
    if (wanted === 2) {
      const user = await read((await read(2))[1] ?? 0);
      const password = await read((await read(1))[0] ?? 0);
      const isRight = [user, password].map(String).join(':') === options.credentials;
      socket.write(Uint8Array.of(1, isRight ? 0 : 1));
      if (!isRight) return undefined;
    }
    const [, , , kind] = await read(4);
    const host = kind === 3 ? (await read((await read(1))[0] ?? 0)).toString() : [...(await read(4))].join('.');
    const port = (await read(2)).readUInt16BE();
    socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    return [host, port];
  });
}

async function start(certificate: TestCertificate | undefined, greet: Greeter): Promise<TestProxy> {
  const asked: string[] = [];
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const onSocket = async (socket: Socket) => {
    keep(socket);
    const read = readerOf(socket);
    const place = await greet(socket, async (bytes) => {
      const chunk = await read(bytes);
      heard.push(chunk);
      return chunk;
    });
    if (!place) return;
    const [host, port] = place;
    asked.push(`${host}:${port}`);
    const server = keep(connect({ host, port }));
    server.on('close', () => socket.destroy());
    socket.on('close', () => server.destroy());
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    socket.pipe(server).pipe(socket);
  };
  const onConnection = (socket: Socket) => void onSocket(socket);
  const server = certificate ? createTlsServer({ ...certificate }, onConnection) : createServer(onConnection);
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    heard: () => Buffer.concat(heard).toString('latin1'),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads so many bytes, and leaves the rest. */
function readerOf(socket: Socket): (bytes: number) => Promise<Buffer> {
  return async (bytes) => {
    if (bytes === 0) return Buffer.alloc(0);
    for (;;) {
      const chunk = socket.read(bytes) as Buffer | null;
      if (chunk) return chunk;
      await once(socket, 'readable');
    }
  };
}
