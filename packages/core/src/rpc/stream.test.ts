import { expect, test } from 'vitest';
import { z } from 'zod';
import { HoldfastError } from '../errors.ts';
import { call, defineApi, stream } from './declare-api.ts';
import { createLoneCaller, createRpcPair, rejectionOf } from './rpc-pair.test-helper.ts';

const api = defineApi({
  count: stream(z.object({ to: z.number() }), z.number(), { errors: { broken: z.string() } }),
  sum: call(z.array(z.number()), z.number()),
});
type Handlers = Parameters<typeof createRpcPair<typeof api>>[1];

async function* counting({ to }: { to: number }) {
  for (let n = 1; n <= to; n++) yield n;
}
const pairOf = (count: Handlers['count'] = counting, options = {}) =>
  createRpcPair(api, { count, sum: (numbers) => numbers.reduce((a, b) => a + b, 0) }, options);

const never = new Promise<never>(() => {});
const itemsOf = (envelopes: unknown[]) => envelopes.filter((one) => (one as { rpc: string }).rpc === 'item');

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

test('the items arrive in order, and the end ends the loop', async () => {
  const { rpc, client, server } = pairOf();
  expect(await readAll(rpc.stream('count', { to: 3 }))).toEqual([1, 2, 3]);
  expect(client.sent).toEqual(['{"rpc":"stream","method":"count","params":{"to":3},"credit":32,"id":1}']);
  expect(server.envelopes).toEqual([...[1, 2, 3].map((item) => ({ rpc: 'item', id: 1, item })), { rpc: 'end', id: 1 }]);
});

test.each([1, 2, 3, 7, 32, 1024])('a thousand items pass at most %i', async (maxUnread) => {
  const { rpc, clock } = pairOf();
  const read = await readAll(rpc.stream('count', { to: 3000 }, { maxUnread }));
  expect(read).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  expect(clock.pendingTimers).toBe(0);
});

test('nothing begins before the stream is read', async () => {
  const { rpc, client, clock } = pairOf();
  const items = rpc.stream('count', { to: 3 });
  await clock.settle();
  await items.return();
  expect(await items.next()).toEqual({ done: true, value: undefined });
  expect(client.sent).toEqual([]);
});

test('a reader that stops reading stops the producer, and half a window later it goes on', async () => {
  let made = 0;
  const { rpc, server, client, clock } = pairOf(async function* () {
    for (;;) yield ++made;
  });
  const items = rpc.stream('count', { to: 0 }, { maxUnread: 8 });
  await items.next();
  await clock.settle();
  expect([made, itemsOf(server.envelopes).length]).toEqual([8, 8]);
  for (let n = 0; n < 3; n++) await items.next();
  await clock.settle();
  expect(client.envelopes.slice(1)).toEqual([{ rpc: 'more', id: 1, credit: 4 }]);
  expect(made).toBe(12);
  await items.return();
});

test('leaving the loop cancels, ends the generator and lets nothing more out', async () => {
  const ends: string[] = [];
  const { rpc, client, server, clock } = pairOf(async function* (_, { signal }) {
    try {
      for (let n = 1; ; n++) yield n;
    } finally {
      ends.push(`aborted: ${signal.aborted}`);
    }
  });
  for await (const item of rpc.stream('count', { to: 0 }, { maxUnread: 2 })) if (item === 3) break;
  await clock.settle();
  const { length } = server.sent;
  await clock.settle();
  expect(client.envelopes.at(-1)).toEqual({ rpc: 'cancel', id: 1 });
  expect([ends, server.sent.length]).toEqual([['aborted: true'], length]);
});

test('a generator that waits is ended by its signal', async () => {
  const ends: string[] = [];
  const { rpc, clock, faults } = pairOf(async function* (_, { signal }) {
    yield 1;
    try {
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    } finally {
      ends.push('ended');
    }
  });
  const items = rpc.stream('count', { to: 0 });
  await items.next();
  const next = items.next();
  await items.return();
  expect(await next).toEqual({ done: true, value: undefined });
  await clock.settle();
  expect([ends, faults]).toEqual([['ended'], []]);
});

test('a signal gives a stream up, and its reader gets the reason once', async () => {
  const { rpc, client, clock } = pairOf(async function* () {
    yield 1;
    await never;
  });
  const controller = new AbortController();
  const items = rpc.stream('count', { to: 0 }, { signal: controller.signal });
  await items.next();
  const next = rejectionOf(items.next());
  controller.abort('enough');
  expect(await next).toBe('enough');
  expect(await items.next()).toEqual({ done: true, value: undefined });
  await clock.settle();
  expect(client.envelopes.at(-1)).toEqual({ rpc: 'cancel', id: 1 });
});

test.each<[string, Handlers['count'], object, number]>([
  [
    'a declared error',
    async function* (_, { fail }) {
      yield 1;
      throw fail('broken', 'pipe');
    },
    { failure: 'broken', data: 'pipe' },
    0,
  ],
  [
    'any other error',
    async function* () {
      yield 1;
      throw new Error('secret');
    },
    { failure: 'internal' },
    1,
  ],
  [
    'an item that is not as declared',
    async function* () {
      yield 1;
      yield '2' as never;
    },
    { failure: 'internal' },
    1,
  ],
  [
    'a handler that throws',
    () => {
      throw new Error('secret');
    },
    { failure: 'internal' },
    1,
  ],
  ['what cannot be iterated', () => 7 as never, { failure: 'internal' }, 1],
])('%s ends the stream after what came before', async (_, count, expected, faultCount) => {
  const { rpc, faults, server } = pairOf(count);
  const read: number[] = [];
  const reading = (async () => {
    for await (const item of rpc.stream('count', { to: 0 })) read.push(item);
  })();
  expect(await rejectionOf(reading)).toMatchObject(expected);
  expect(read).toEqual(itemsOf(server.envelopes).length > 0 ? [1] : []);
  expect(faults).toHaveLength(faultCount);
  expect(JSON.stringify(server.sent)).not.toContain('secret');
});

test('what arrived before an error is read before it', async () => {
  const { rpc, answer } = createLoneCaller(api);
  const items = rpc.stream('count', { to: 0 });
  const first = items.next();
  for (const item of [1, 2]) await answer({ rpc: 'item', id: 1, item });
  await answer({ rpc: 'error', id: 1, error: 'broken', data: 'x' });
  expect([(await first).value, (await items.next()).value]).toEqual([1, 2]);
  expect(await rejectionOf(items.next())).toMatchObject({ failure: 'broken' });
  expect((await items.next()).done).toBe(true);
});

test('several readers at once get an item each, and the end each', async () => {
  const { rpc } = pairOf();
  const items = rpc.stream('count', { to: 2 });
  const results = await Promise.all([items.next(), items.next(), items.next(), items.next()]);
  expect(results.map(({ value }) => value)).toEqual([1, 2, undefined, undefined]);
});

test.each([
  ['an item that is not as declared', [{ rpc: 'item', item: 'x' }], 'rpc-invalid-result', true],
  ['more items than were granted', [1, 2, 3, 4].map((item) => ({ rpc: 'item', item })), 'rpc-invalid-result', true],
  ['an answer', [{ rpc: 'answer', result: 1 }], 'rpc-invalid-result', false],
])('a peer that sends %s fails the stream, and is told to stop', async (_, envelopes, code, isTold) => {
  const { rpc, peer, answer } = createLoneCaller(api);
  const items = rpc.stream('count', { to: 0 }, { maxUnread: 2 });
  const first = items.next().catch((error: unknown) => error);
  for (const envelope of envelopes) await answer({ ...envelope, id: 1 });
  const told = await first;
  const error = told instanceof HoldfastError ? told : await rejectionOf(items.next());
  expect(error).toMatchObject({ code });
  expect((await items.next()).done).toBe(true);
  expect(peer.envelopes.at(-1)).toMatchObject({ rpc: isTold ? 'cancel' : 'stream' });
});

test('params that are not as declared are refused here', async () => {
  const { rpc, client } = pairOf();
  const error = await rejectionOf(rpc.stream('count', { to: '3' as never }).next());
  expect([error, client.sent]).toMatchObject([{ code: 'rpc-invalid-params' }, []]);
});

test('a reader waits for an item as long as it says, not counting the time in which it does not read', async () => {
  const { rpc, answer, peer, clock } = createLoneCaller(api);
  const items = rpc.stream('count', { to: 0 }, { idleTimeoutMs: 100 });
  const first = items.next();
  await clock.advance(99);
  await answer({ rpc: 'item', id: 1, item: 1 });
  expect((await first).value).toBe(1);
  await clock.advance(1000);
  const next = rejectionOf(items.next());
  await clock.advance(100);
  expect(await next).toMatchObject({ code: 'rpc-timeout' });
  expect(peer.envelopes.at(-1)).toEqual({ rpc: 'cancel', id: 1 });
  expect(clock.pendingTimers).toBe(0);
});

test.each([0, 1.5, 1025, Infinity])('at most %d throws', (maxUnread) => {
  const act = () => pairOf().rpc.stream('count', { to: 0 }, { maxUnread });
  expect(act).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});

test('over its limit of streams, a peer is told busy, and calls still work', async () => {
  const { rpc } = pairOf(counting, { serve: { maxStreams: 1 } });
  const items = rpc.stream('count', { to: 100 }, { maxUnread: 1 });
  await items.next();
  expect(await rejectionOf(rpc.stream('count', { to: 1 }).next())).toMatchObject({ failure: 'busy' });
  expect(await rpc.call('sum', [1, 2])).toBe(3);
  expect(await readAll(items)).toHaveLength(99);
  expect(await readAll(rpc.stream('count', { to: 1 }))).toEqual([1]);
});

test('credit beyond what may be granted makes no flood', async () => {
  const { server, clock } = pairOf(async function* () {
    for (;;) yield 1;
  });
  // The calling end here knows nothing of this stream.
  server.other = undefined;
  const tell = (envelope: object) => server.tell({ type: 'message', data: JSON.stringify({ id: 1, ...envelope }) });
  tell({ rpc: 'stream', method: 'count', params: { to: 0 }, credit: 1 });
  for (const credit of [1024, 1024, 1e9, -1, 0.5, '7']) tell({ rpc: 'more', credit });
  for (let turn = 0; turn < 500; turn++) await clock.settle();
  expect(itemsOf(server.envelopes)).toHaveLength(1024);
  tell({ rpc: 'cancel' });
});

test('the producer waits while the peer does not read', async () => {
  let made = 0;
  const { rpc, server, clock } = pairOf(async function* () {
    for (;;) yield ++made;
  });
  let drain = () => {};
  (server as { drained?: () => Promise<unknown> }).drained = () =>
    new Promise<void>((resolve) => {
      drain = resolve;
    });
  const items = rpc.stream('count', { to: 0 });
  void items.next();
  await clock.settle();
  expect(made).toBe(0);
  drain();
  await clock.settle();
  expect(made).toBe(1);
  await items.return();
  drain();
});

test('when the peer closes, readers get client-closed after what came, and generators are ended', async () => {
  let isEnded = false;
  const { rpc, client, server, clock } = pairOf(async function* () {
    try {
      for (;;) yield 1;
    } finally {
      isEnded = true;
    }
  });
  const items = rpc.stream('count', { to: 0 }, { maxUnread: 2 });
  await items.next();
  await clock.settle();
  server.close();
  client.close(new HoldfastError('connection-lost'));
  expect((await items.next()).value).toBe(1);
  expect((await items.next()).value).toBe(1);
  expect(await rejectionOf(items.next())).toMatchObject({ code: 'client-closed', cause: { code: 'connection-lost' } });
  await clock.settle();
  expect(isEnded).toBe(true);
});

test('an item for a page before this one is answered with a cancel, one for a stream that was left is not', async () => {
  const { rpc, peer, answer } = createLoneCaller(api, {}, 0.5);
  const firstId = 2 ** 47 + 1;
  await answer({ rpc: 'item', id: 5, item: 1 });
  expect(peer.envelopes).toEqual([{ rpc: 'cancel', id: 5 }]);
  const items = rpc.stream('count', { to: 0 });
  void items.next();
  await items.return();
  await answer({ rpc: 'item', id: firstId, item: 1 });
  expect(peer.envelopes.slice(1)).toMatchObject([{ rpc: 'stream' }, { rpc: 'cancel', id: firstId }]);
});
