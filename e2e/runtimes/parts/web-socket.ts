import { once } from 'node:events';
import { WebSocket } from '@holdfast/node';
import { expect } from 'chai';
import { Bench } from './bench.ts';
import { part } from './part.ts';

/** Opens one, which ends with the case. */
async function open(bench: Bench): Promise<WebSocket> {
  const { port } = await bench.serve();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  bench.keep({ close: async () => socket.close() });
  await once(socket, 'open');
  return socket;
}

async function answerTo(socket: WebSocket, data: string | Uint8Array<ArrayBuffer> | Blob): Promise<unknown> {
  const told = once(socket, 'message');
  socket.send(data);
  const [event] = await told;
  return (event as { data: unknown }).data;
}

/** The class over our link, with what it takes of the runtime: EventTarget, Event, Blob. */
export const webSocket = part('the WebSocket class', {
  'is our own, not that of the runtime': async () => {
    expect(WebSocket).not.to.equal((globalThis as { WebSocket?: unknown }).WebSocket);
  },

  'sends and receives text, bytes and a Blob': () =>
    Bench.run(async (bench) => {
      const socket = await open(bench);
      expect(await answerTo(socket, 'hello')).to.equal('hello');
      const blob = await answerTo(socket, Uint8Array.of(1, 2, 3));
      expect(blob).to.be.instanceOf(Blob);
      expect([...new Uint8Array(await (blob as Blob).arrayBuffer())]).to.deep.equal([1, 2, 3]);
      socket.binaryType = 'arraybuffer';
      const buffer = await answerTo(socket, new Blob(['kelp']));
      expect(buffer).to.be.instanceOf(ArrayBuffer);
      expect(Buffer.from(buffer as ArrayBuffer).toString()).to.equal('kelp');
    }),

  'closes in order, with an event that tells the code': () =>
    Bench.run(async (bench) => {
      const socket = await open(bench);
      const closed = once(socket, 'close');
      socket.close(4000, 'done');
      const [{ code, wasClean, type }] = await closed;
      expect({ code, wasClean, type }).to.deep.equal({ code: 4000, wasClean: true, type: 'close' });
      expect(socket.readyState).to.equal(WebSocket.CLOSED);
    }),

  'tells `error` and then `close` where nobody listens': () =>
    Bench.run(async (bench) => {
      const { port, close } = await bench.serve();
      await close();
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
      const told: string[] = [];
      for (const type of ['error', 'close']) socket.addEventListener(type, () => told.push(type));
      const [{ code }] = await once(socket, 'close');
      expect(told).to.deep.equal(['error', 'close']);
      expect(code).to.equal(1006);
    }),
});
