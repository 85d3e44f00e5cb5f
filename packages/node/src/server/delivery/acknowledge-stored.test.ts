import { type FrameInit, Opcode } from '@holdfast/core';
import { deliver, delivery } from '@holdfast/core/delivery';
import { afterEach, expect, it } from 'vitest';
import { connect } from '../../connect.ts';
import { dropRawClients, RawClient } from '../../raw-client.test-helper.ts';
import { serve } from '../serve.ts';
import type { SessionStore } from './session-store.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A store that has written nothing until it is told to. */
function slowStore(): { store: SessionStore; writing: Promise<void>; finish(): void } {
  let finish = () => {};
  const written = new Promise<void>((resolve) => (finish = resolve));
  let begin = () => {};
  const writing = new Promise<void>((resolve) => (begin = resolve));
  const write = () => {
    begin();
    return written;
  };
  const stored = { write, keep: async () => {}, remove: async () => {} };
  return { store: { create: async () => stored, open: async () => undefined }, writing, finish };
}

it('with a store, a message is acknowledged when the store has noted it, and not when the listener has returned', async () => {
  const { store, writing, finish } = slowStore();
  const heard: unknown[] = [];
  const server = await serve({ port: 0, host: '127.0.0.1', delivery: { store } }, (connection) => {
    connection.on('message', ({ data }) => heard.push(data));
  });
  const client = connect(`ws://127.0.0.1:${server.port}`, { delivery: delivery() });
  ends.push(
    () => client.close(),
    () => server.close(),
  );
  let isAcknowledged = false;
  const acknowledged = deliver(client, 'a').then(() => (isAcknowledged = true));
  await writing;
  expect(heard).toEqual(['a']);
  // The line keeps order: what was sent before this pong has arrived before it.
  await client.ping();
  expect(isAcknowledged).toBe(false);
  finish();
  await acknowledged;
});

it('with a store, a client that comes back is greeted when the store has noted what the welcome says', async () => {
  const { store, writing, finish } = slowStore();
  let isAway: Promise<unknown> | undefined;
  const server = await serve({ port: 0, host: '127.0.0.1', delivery: { store } }, (connection) => {
    connection.on('message', () => {});
    isAway = connection.once('disconnected');
  });
  ends.push(dropRawClients, () => server.close());
  const dial = () => RawClient.open(server.port, 'Sec-WebSocket-Protocol: holdfast.delivery.v1');
  const first = await dial();
  first.send(text('hello {"received":0,"first":1}'));
  const [welcome] = await first.framesUntil(1);
  const { session } = JSON.parse(String(welcome?.payload && Buffer.from(welcome.payload)).slice('welcome '.length));
  first.send(text('1:a'));
  await writing;
  first.socket.destroy();
  await isAway;

  const second = await dial();
  second.send(text(`hello {"session":"${session}","received":0,"first":1}`));
  // It answers pings meanwhile: of the first, the answer may come before a welcome that nothing held up.
  for (const count of [1, 2]) {
    second.send({ opcode: Opcode.Ping, payload: Buffer.from(`${count}`) });
    const frames = await second.framesUntil(count);
    expect(frames.map(({ opcode }) => opcode)).toEqual(Array(count).fill(Opcode.Pong));
  }
  finish();
  const late = (await second.framesUntil(3)).at(-1);
  expect(String(Buffer.from(late?.payload ?? []))).toBe(`welcome {"session":"${session}","received":1,"first":1}`);
});

function text(packet: string): FrameInit {
  return { opcode: Opcode.Text, payload: Buffer.from(packet) };
}
