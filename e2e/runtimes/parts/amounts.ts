import { type Connection } from '@holdfast/node/server';
import { expect } from 'chai';
import { Bench, endOf } from './bench.ts';
import { part } from './part.ts';

const piece = new Uint8Array(64 * 1024).fill(7);

/** What the runtime tells of what a peer has not read yet. */
export const amounts = part('amounts', {
  'who reads slowly holds the server back, and gets everything': () =>
    Bench.run(async (bench) => {
      const pieces = 800;
      let mostWaiting = 0;
      const { port } = await bench.serve({}, (connection) => {
        const sendAll = async () => {
          for (let count = 0; count < pieces; count++) {
            connection.send(piece);
            mostWaiting = Math.max(mostWaiting, connection.bufferedBytes);
            await connection.drained();
          }
          await connection.close();
        };
        connection.on('message', () => void sendAll());
      });
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      client.send('begin');
      let received = 0;
      for await (const message of client) {
        received += (message as Uint8Array).length;
        // Others get their turn: the reader is slower than the line.
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(received).to.equal(pieces * piece.length);
      expect(mostWaiting)
        .to.be.greaterThan(0)
        .and.at.most(2 ** 20 + piece.length);
    }),

  'a server drops whoever reads nothing at its limit': () =>
    Bench.run(async (bench) => {
      const limits = { maxBufferedBytes: 4 * 2 ** 20 };
      let told: Promise<unknown> | undefined;
      const { port } = await bench.serve({ limits }, (connection: Connection) => {
        told = new Promise((resolve) => connection.on('closed', ({ error }) => resolve(error?.code)));
        connection.on('message', async () => {
          while (connection.state.name === 'open') {
            connection.send(piece);
            await new Promise((resolve) => setImmediate(resolve));
          }
        });
      });
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      const end = endOf(client);
      client.send('begin');
      // It takes one message and no more: the client stops reading.
      const reader = client[Symbol.asyncIterator]();
      await reader.next();
      await untilSet(() => told);
      expect(await told).to.equal('peer-too-slow');
      await reader.return?.(undefined);
      expect((await end).code).to.equal(1006);
    }),

  'messages of 16 MiB pass both ways': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve();
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      const message = new Uint8Array(2 ** 24).map((_, index) => index % 251);
      const answer = client.once('message');
      client.send(message);
      const { data } = await answer;
      expect(Buffer.compare(data as Uint8Array, message)).to.equal(0);
    }),
});

async function untilSet(look: () => unknown): Promise<void> {
  while (!look()) await new Promise((resolve) => setImmediate(resolve));
}
