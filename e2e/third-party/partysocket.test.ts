import { WebSocket } from '@holdfast/node';
import { WebSocket as PartySocket } from 'partysocket';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PeerServer, startPeerServer } from './peer-server.ts';

let server: PeerServer;
let socket: PartySocket;
const story: string[] = [];

beforeEach(async () => {
  story.length = 0;
  server = await startPeerServer((peer) => {
    peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary }));
  });
  socket = new PartySocket(server.url, [], { WebSocket, minReconnectionDelay: 1, maxReconnectionDelay: 10 });
  socket.addEventListener('open', () => story.push('open'));
  socket.addEventListener('close', ({ code, wasClean }) => story.push(`close ${code} ${wasClean}`));
});

afterEach(async () => {
  socket.close();
  await server.close();
});

/** The next event of a type, which this library does not tell `once`. */
const next = <Type extends 'open' | 'message' | 'close'>(type: Type) =>
  new Promise<Type extends 'message' ? MessageEvent : Event>((resolve) => {
    const listener = (event: Event) => {
      socket.removeEventListener(type, listener);
      resolve(event as MessageEvent);
    };
    socket.addEventListener(type, listener);
  });

test('it connects, and text, bytes and Blobs go there and back', async () => {
  await next('open');
  for (const [message, size] of [
    ['é', undefined],
    [Uint8Array.of(1, 2), 2],
    [new Blob(['abc']), 3],
  ] as const) {
    socket.send(message);
    const { data } = await next('message');
    if (typeof message === 'string') expect(data).toBe(message);
    else expect((data as Blob).size).toBe(size);
  }
});

test('it hands on what was sent before `open`', async () => {
  socket.send('early');
  expect((await next('message')).data).toBe('early');
});

test('it comes back after the server dropped the line', async () => {
  await next('open');
  const back = next('open');
  server.drop();
  await back;
  socket.send('again');
  expect((await next('message')).data).toBe('again');
  expect(server.endCodes).toEqual([1006]);
  expect(story.at(0)).toBe('open');
  expect(story.at(-1)).toBe('open');
});

test('it closes with a code and a reason, and does not come back', async () => {
  await next('open');
  const closed = next('close');
  socket.close(4000, 'enough');
  await closed;
  await server.ended(1);
  expect(server.endCodes).toEqual([4000]);
  expect(socket.readyState).toBe(3);
});
