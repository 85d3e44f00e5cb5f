import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryServer } from '../testing/memory-server.ts';
import type { Codec } from './codec.ts';
import { type CommonOptions, resolveOptions } from './options.ts';
import { ReadPauses } from './read-pauses.ts';
import { createClient } from './session-client.ts';

/** A client in memory whose links note when they are paused. */
async function pausable(codec?: Codec<unknown, unknown>) {
  const pauses = new ReadPauses();
  const server = new MemoryServer();
  const clock = new FakeClock();
  const options: CommonOptions<unknown, unknown> = { codec };
  const client = createClient('ws://test/', resolveOptions(options), server.connector, {
    now: clock.now,
    after: clock.after,
    random: () => 0,
  });
  client.on('open', () => pauses.attach(server.latest.pair.client));
  const iterate = () => pauses.iterate(client, client[Symbol.asyncIterator]());
  await clock.settle();
  const send = async (count: number) => {
    for (let i = 0; i < count; i++) server.latest.link.send(String(i));
    await clock.settle();
  };
  return { pauses, server, clock, client, iterate, send };
}

test('pauses while 16 messages wait for their reader, and reads on when one is taken', async () => {
  const { pauses, iterate, send } = await pausable();
  const messages = iterate();
  await send(15);
  expect(pauses.isPaused).toBe(false);
  await send(1);
  expect(pauses.isPaused).toBe(true);
  expect((await messages.next()).value).toBe('0');
  expect(pauses.isPaused).toBe(false);
});

test('pauses while 1 MiB waits for its reader', async () => {
  const { pauses, iterate, server, clock } = await pausable();
  const messages = iterate();
  server.latest.link.send(new Uint8Array(2 ** 20 - 1));
  await clock.settle();
  expect(pauses.isPaused).toBe(false);
  server.latest.link.send('x');
  await clock.settle();
  expect(pauses.isPaused).toBe(true);
  await messages.next();
  expect(pauses.isPaused).toBe(false);
});

test('and while what came as 1 MiB waits, whatever a codec made of it', async () => {
  const { pauses, iterate, server, clock } = await pausable({ encode: String, decode: () => null });
  const messages = iterate();
  for (let i = 0; i < 2; i++) {
    server.latest.link.send(new Uint8Array(2 ** 19));
    await clock.settle();
    expect(pauses.isPaused).toBe(i === 1);
  }
  expect((await messages.next()).value).toBe(null);
  expect(pauses.isPaused).toBe(false);
});

test('nothing is lost or turned round by pausing', async () => {
  const { iterate, send, client, clock } = await pausable();
  const messages = iterate();
  await send(1000);
  const read: unknown[] = [];
  for (let i = 0; i < 1000; i++) read.push((await messages.next()).value);
  expect(read).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)));
  void client.close();
  await clock.settle();
  expect((await messages.next()).done).toBe(true);
});

test('a reader that leaves lets the others read on', async () => {
  const { pauses, iterate, send } = await pausable();
  const slow = iterate();
  const first = slow.next();
  await send(20);
  await first;
  expect(pauses.isPaused).toBe(true);
  await slow.return(undefined);
  expect(pauses.isPaused).toBe(false);
});

test('the next link is paused too, as long as the reader is behind', async () => {
  const { pauses, server, clock, iterate, send } = await pausable();
  const messages = iterate();
  await send(16);
  server.latest.pair.cut();
  await clock.advance(500);
  await send(3);
  expect(pauses.isPaused).toBe(true);
  for (let i = 0; i < 16; i++) expect((await messages.next()).value).toBe(String(i));
  await clock.settle();
  expect((await messages.next()).value).toBe('0');
});
