import { deliver, delivery } from '@holdfast/core/delivery';
import { afterEach, expect, it } from 'vitest';
import { connect } from '../../connect.ts';
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
