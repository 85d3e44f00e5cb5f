import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { Bench, codeOf, endOf, expectEchoes, failureOf } from './bench.ts';
import { part } from './part.ts';

/** Listens for one connection that a case does something to. */
async function listenFor(bench: Bench, onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  bench.keep({ close: () => new Promise((resolve) => server.close(resolve)) });
  return (server.address() as AddressInfo).port;
}

const echoesAt = (host: string) =>
  Bench.run(async (bench) => {
    const { port } = await bench.serve();
    await expectEchoes(bench.dial(`ws://${host}:${port}/`));
  });

/** TCP below ws:, and what is told when it fails. */
export const tcp = part('TCP', {
  'an address is dialled': () => echoesAt('127.0.0.1'),
  'a name is dialled': () => echoesAt('localhost'),

  'a port where nobody listens is connection-refused': () =>
    Bench.run(async (bench) => {
      const { port, close } = await bench.serve();
      await close();
      const { code, message } = await failureOf(bench.dial(`ws://127.0.0.1:${port}/`));
      expect(code).to.equal('connection-refused');
      expect(message).to.contain('ECONNREFUSED');
    }),

  'a name that there is not is name-resolution': () =>
    Bench.run(async (bench) => {
      const { code } = await failureOf(bench.dial('ws://does-not-exist.invalid/'));
      expect(code).to.equal('name-resolution');
    }),

  'a port that is taken is listen-failed': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve();
      expect(await codeOf(() => bench.serve({ port }))).to.equal('listen-failed');
    }),

  'a reset within the handshake is tcp-failed': () =>
    Bench.run(async (bench) => {
      const port = await listenFor(bench, (socket) => socket.once('data', () => socket.resetAndDestroy()));
      const { code, message } = await failureOf(bench.dial(`ws://127.0.0.1:${port}/`));
      expect(code).to.equal('tcp-failed');
      expect(message).to.contain('ECONNRESET');
    }),

  'an end within the handshake is connection-lost': () =>
    Bench.run(async (bench) => {
      const port = await listenFor(bench, (socket) => socket.once('data', () => socket.end('HTTP/1.1 101')));
      expect((await failureOf(bench.dial(`ws://127.0.0.1:${port}/`))).code).to.equal('connection-lost');
    }),

  'a connection that the server drops is 1006': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve({}, (connection) => connection.on('message', () => connection.terminate()));
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      const end = endOf(client);
      client.send('drop me');
      const { code, wasClean } = await end;
      expect({ code, wasClean }).to.deep.equal({ code: 1006, wasClean: false });
    }),
});
