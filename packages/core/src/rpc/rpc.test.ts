import * as v from 'valibot';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { HoldfastError } from '../errors.ts';
import { isCallError } from './call-error.ts';
import { call, defineApi, stream } from './declare-api.ts';
import { createLoneCaller, createRpcPair, rejectionOf } from './rpc-pair.test-helper.ts';

const User = z.object({ id: z.string(), born: z.iso.date().transform((text) => new Date(text)) });
const api = defineApi({
  add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
  find: call(v.object({ id: v.string() }), User, { errors: { 'not-found': v.object({ id: v.string() }) } }),
  bare: call<string, string, { full: number }>(),
  now: call<void, number>(),
  slow: call<void, string>({ timeoutMs: 1000 }),
  later: call(
    z.string().refine(async (text) => text !== 'no'),
    undefined,
  ),
});
type Handlers = Parameters<typeof createRpcPair<typeof api>>[1];

const secret = new Error('password 1234 is wrong');
const never = new Promise<never>(() => {});
const handlers: Handlers = {
  add: ({ a, b }) => a + b,
  find: ({ id }, { fail }) => {
    if (id !== 'ada') throw fail('not-found', { id });
    return { id, born: '1815-12-10' };
  },
  bare: (text) => text.toUpperCase(),
  now: () => 5,
  slow: () => never,
  later: () => {},
};
const pairOf = (changed: Partial<Handlers> = {}, options = {}) =>
  createRpcPair(api, { ...handlers, ...changed }, options);

test('a call is answered, and only the two messages of the specification travel', async () => {
  const { rpc, client, server } = pairOf();
  expect(await rpc.call('add', { a: 1, b: 2 })).toBe(3);
  expect(client.sent).toEqual(['{"rpc":"call","method":"add","params":{"a":1,"b":2},"id":1}']);
  expect(server.sent).toEqual(['{"rpc":"answer","id":1,"result":3}']);
});

test('as objects, envelopes travel as objects', async () => {
  const { rpc, client, server } = pairOf({}, { call: { asObjects: true }, serve: { asObjects: true } });
  expect(await rpc.call('bare', 'loud')).toBe('LOUD');
  expect([client.sent, server.sent]).toEqual([
    [{ rpc: 'call', method: 'bare', params: 'loud', id: 1 }],
    [{ rpc: 'answer', id: 1, result: 'LOUD' }],
  ]);
});

test('as objects, what is undefined is left out', async () => {
  const { rpc, client } = pairOf({}, { call: { asObjects: true } });
  await rpc.call('now');
  expect(Object.keys(client.sent[0] as object)).toEqual(['rpc', 'method', 'id']);
});

test('a call without params has none on the wire', async () => {
  const { rpc, client } = pairOf();
  expect(await rpc.call('now')).toBe(5);
  expect(client.sent).toEqual(['{"rpc":"call","method":"now","id":1}']);
});

test('many calls are in flight, and each gets its own answer', async () => {
  const waiting: ((text: string) => void)[] = [];
  const { rpc, clock } = pairOf({ bare: () => new Promise((resolve) => waiting.push(resolve)) });
  const calls = Array.from({ length: 100 }, (_, index) => rpc.call('bare', `${index}`));
  await clock.settle();
  for (let index = 99; index >= 0; index--) waiting[index]?.(`answer ${index}`);
  expect(await Promise.all(calls)).toEqual(calls.map((_, index) => `answer ${index}`));
  expect(clock.pendingTimers).toBe(0);
});

test('calls leave in the order in which they are made, in the turn of the app', () => {
  const { rpc, client } = pairOf();
  void rpc.call('bare', 'a');
  void rpc.call('add', { a: 1, b: 1 });
  expect(client.envelopes).toMatchObject([{ method: 'bare' }, { method: 'add' }]);
});

test('the handler gets what its schema makes of the params, and the caller what the schema makes of the result', async () => {
  const { rpc, server } = pairOf();
  expect(await rpc.call('find', { id: 'ada' })).toEqual({ id: 'ada', born: new Date('1815-12-10') });
  expect(server.envelopes).toEqual([{ rpc: 'answer', id: 1, result: { id: 'ada', born: '1815-12-10' } }]);
});

test('a declared error travels with its name and data', async () => {
  const { rpc, server, faults } = pairOf();
  const error = await rejectionOf(rpc.call('find', { id: 'bob' }));
  expect(error).toMatchObject({ code: 'rpc-failed', failure: 'not-found', data: { id: 'bob' } });
  expect(isCallError(error, api.find, 'not-found') && error.data.id).toBe('bob');
  expect(isCallError(error, api.find, 'internal')).toBe(false);
  expect(server.envelopes).toEqual([{ rpc: 'error', id: 1, error: 'not-found', data: { id: 'bob' } }]);
  expect(faults).toEqual([]);
});

const circle: { self?: unknown } = {};
circle.self = circle;
test.each<[string, Partial<Handlers>, keyof Handlers, unknown, object]>([
  [
    'what a handler throws',
    {
      now: () => {
        throw secret;
      },
    },
    'now',
    undefined,
    secret,
  ],
  ['what a handler rejects with', { now: () => Promise.reject(secret) }, 'now', undefined, secret],
  [
    'a result that is not as declared',
    { add: () => '3' as never },
    'add',
    { a: 1, b: 2 },
    { code: 'rpc-invalid-result' },
  ],
  ['a result that JSON has no text for', { bare: () => circle as never }, 'bare', 'x', { code: 'invalid-message' }],
  [
    'an error that is not declared',
    {
      find: (_, { fail }) => {
        throw fail('odd' as 'not-found', { id: '' });
      },
    },
    'find',
    { id: '' },
    { failure: 'odd' },
  ],
  [
    'a declared error with other data',
    {
      find: (_, { fail }) => {
        throw fail('not-found', { id: 7 as never });
      },
    },
    'find',
    { id: '' },
    { failure: 'not-found' },
  ],
  [
    'a bare error with data that JSON has no text for',
    {
      bare: (_, { fail }) => {
        throw fail('full', circle as never);
      },
    },
    'bare',
    'x',
    { failure: 'full' },
  ],
  [
    'a reserved name',
    {
      bare: (_, { fail }) => {
        throw fail('busy' as 'full', 1);
      },
    },
    'bare',
    'x',
    { failure: 'busy' },
  ],
])('%s is internal to the peer, without a word of it, and told here', async (_, changed, name, params, cause) => {
  const { rpc, server, faults } = pairOf(changed);
  const error = await rejectionOf(rpc.call(name as 'add', params as never));
  expect(error).toMatchObject({ code: 'rpc-failed', failure: 'internal' });
  expect(server.envelopes).toEqual([{ rpc: 'error', id: 1, error: 'internal' }]);
  expect(faults).toMatchObject([{ code: 'listener-threw', cause }]);
});

test('a bare error travels, as nothing is known of it', async () => {
  const { rpc } = pairOf({
    bare: (_, { fail }) => {
      throw fail('full', 3);
    },
  });
  expect(await rejectionOf(rpc.call('bare', 'x'))).toMatchObject({ failure: 'full', data: 3 });
});

test('an error of another call, which a handler lets through, does not travel', async () => {
  const other = pairOf();
  const { rpc } = pairOf({
    find: async ({ id }) => {
      await other.rpc.call('find', { id });
      return { id, born: '' };
    },
  });
  expect(await rejectionOf(rpc.call('find', { id: 'bob' }))).toMatchObject({ failure: 'internal' });
});

test('an error that a handler made and did not throw does not travel', async () => {
  const { rpc, faults } = pairOf({
    find: ({ id }, { fail }) => {
      fail('not-found', { id });
      throw secret;
    },
  });
  expect(await rejectionOf(rpc.call('find', { id: 'x' }))).toMatchObject({ failure: 'internal' });
  expect(faults).toMatchObject([{ cause: secret }]);
});

test('a call that is given up before its handler begins does not begin', async () => {
  let begun = 0;
  const { server, clock } = pairOf({ now: () => ++begun });
  for (const text of ['{"rpc":"call","id":1,"method":"now"}', '{"rpc":"cancel","id":1}']) {
    server.tell({ type: 'message', data: text });
  }
  await clock.settle();
  expect([begun, server.sent]).toEqual([0, []]);
});

test('without onError, the fault is an error event of the peer', async () => {
  const { rpc, server } = pairOf(
    {
      now: () => {
        throw secret;
      },
    },
    { serve: { onError: undefined } },
  );
  const told: unknown[] = [];
  (server as unknown as { on(type: 'error', listener: (event: unknown) => void): void }).on('error', (event) =>
    told.push(event),
  );
  await rejectionOf(rpc.call('now'));
  await Promise.resolve();
  expect(told).toMatchObject([{ error: { cause: { code: 'listener-threw', cause: secret } } }]);
});

test.each([
  ['params that are not as declared', 'add', { a: 1, b: '2' }, 'rpc-invalid-params'],
  ['what a schema finds out later', 'later', 'no', 'rpc-invalid-params'],
  ['params that JSON has no text for', 'bare', circle, 'invalid-message'],
])('%s are refused here, and nothing is sent', async (_, name, params, code) => {
  const { rpc, client, clock } = pairOf();
  expect(await rejectionOf(rpc.call(name as 'add', params as never))).toMatchObject({ code });
  expect([client.sent, clock.pendingTimers]).toEqual([[], 0]);
});

test.each([
  ['a name that is not declared', (rpc: { call(name: string): unknown }) => rpc.call('constructor'), 'invalid-option'],
  [
    'an option that there is not',
    (rpc: { call(...given: unknown[]): unknown }) => rpc.call('now', undefined, { timeout: 1 }),
    'unknown-option',
  ],
] as const)('%s throws at once', (_, act, code) => {
  expect(() => act(pairOf().rpc as never)).toThrow(expect.objectContaining({ code }));
});

test.each([
  [() => createLoneCaller(api, { asObjects: 'yes' as never }), 'invalid-option'],
  [() => createLoneCaller(api, { retries: 1 } as object), 'unknown-option'],
  [() => pairOf({}, { serve: { maxCalls: -1 } }), 'invalid-option'],
  [
    () => createRpcPair({ odd: call(z.string(), z.string(), { errors: { busy: z.string() } }) }, { odd: () => '' }),
    'invalid-option',
  ],
])('misuse %# throws %s', (act, code) => {
  expect(act).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['a result that is not as declared', { rpc: 'answer', id: 1, result: '3' }, { code: 'rpc-invalid-result' }],
  ['an item', { rpc: 'item', id: 1, item: 3 }, { code: 'rpc-invalid-result' }],
  ['an error without a name', { rpc: 'error', id: 1 }, { code: 'rpc-invalid-result' }],
  ['an error that is not declared', { rpc: 'error', id: 1, error: 'odd', data: 1 }, { failure: 'odd', data: 1 }],
])('a peer that answers %s', async (_, envelope, expected) => {
  const { rpc, answer, clock } = createLoneCaller(api);
  const rejection = rejectionOf(rpc.call('add', { a: 1, b: 2 }));
  await answer(envelope);
  expect(await rejection).toMatchObject(expected);
  expect(clock.pendingTimers).toBe(0);
});

test('a declared error whose data is not as declared is no such error', async () => {
  const { rpc, answer } = createLoneCaller(api);
  const rejection = rejectionOf(rpc.call('find', { id: 'x' }));
  await answer({ rpc: 'error', id: 1, error: 'not-found', data: { id: 3 } });
  expect(await rejection).toMatchObject({ code: 'rpc-invalid-result' });
});

test('answers to nobody, plain messages and odd envelopes change nothing', async () => {
  const { rpc, answer, peer } = createLoneCaller(api);
  const sum = rpc.call('add', { a: 1, b: 2 });
  for (const odd of [
    { rpc: 'answer', id: 2, result: 4 },
    { rpc: 'answer', id: '1', result: 4 },
    { rpc: 'odd', id: 1 },
    { id: 1 },
    [],
    {},
  ]) {
    await answer(odd);
  }
  for (const data of ['', '{"rpc"', 'null', null, 7, new Uint8Array(3)]) peer.tell({ type: 'message', data });
  await answer({ rpc: 'answer', id: 1, result: 3 });
  await answer({ rpc: 'answer', id: 1, result: 5 });
  expect(await sum).toBe(3);
});

test.each([
  ['the default of 30 s', {}, 'add', undefined, 30_000],
  ['that of createRpc', { timeoutMs: 70 }, 'add', undefined, 70],
  ['that of the declaration', { timeoutMs: 70 }, 'slow', undefined, 1000],
  ['its own', { timeoutMs: 70 }, 'slow', { timeoutMs: 5 }, 5],
] as const)('a call has a time limit, here %s, and tells the peer', async (_, options, name, own, limitMs) => {
  const { rpc, peer, clock } = createLoneCaller(api, options);
  const params = name === 'add' ? { a: 1, b: 2 } : undefined;
  const rejection = rejectionOf(rpc.call(name as 'slow', params as undefined, own));
  await clock.advance(limitMs - 1);
  expect(peer.sent).toHaveLength(1);
  await clock.advance(1);
  expect(await rejection).toMatchObject({ code: 'rpc-timeout', message: `rpc-timeout: ${name}: ${limitMs} ms` });
  expect(peer.envelopes[1]).toEqual({ rpc: 'cancel', id: 1 });
});

test('a signal gives a call up: it rejects with the reason, and the handler is told', async () => {
  const reasons: unknown[] = [];
  const { rpc, clock, server } = pairOf({
    slow: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reasons.push(signal.reason);
          reject(signal.reason);
        });
      }),
  });
  const controller = new AbortController();
  const rejection = rejectionOf(rpc.call('slow', undefined, { signal: controller.signal }));
  await clock.settle();
  controller.abort('enough');
  expect(await rejection).toBe('enough');
  await clock.settle();
  expect(reasons).toMatchObject([{ code: 'aborted' }]);
  expect([server.sent, clock.pendingTimers]).toEqual([[], 0]);
});

test('a signal that is aborted already lets nothing out', async () => {
  const { rpc, client, clock } = pairOf();
  expect(await rejectionOf(rpc.call('now', undefined, { signal: AbortSignal.abort('no') }))).toBe('no');
  expect([client.sent, clock.pendingTimers]).toEqual([[], 0]);
});

test('a call that is answered lets go of its signal', async () => {
  const listeners = new Set<unknown>();
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
  };
  const { rpc } = pairOf();
  const answered = rpc.call('now', undefined, { signal });
  expect(listeners.size).toBe(1);
  await answered;
  expect(listeners.size).toBe(0);
});

test.each([
  ['an unknown method', { rpc: 'call', id: 1, method: 'nothing' }, 'unknown-method'],
  ['a method of all objects', { rpc: 'call', id: 1, method: 'constructor' }, 'unknown-method'],
  ['a call of a stream', { rpc: 'call', id: 1, method: 'ticks' }, 'unknown-method'],
  ['a stream of a call', { rpc: 'stream', id: 1, method: 'add', credit: 1 }, 'unknown-method'],
  ['no method', { rpc: 'call', id: 1 }, 'invalid-call'],
  ['a stream without credit', { rpc: 'stream', id: 1, method: 'ticks' }, 'invalid-call'],
  ['a stream with too much credit', { rpc: 'stream', id: 1, method: 'ticks', credit: 1025 }, 'invalid-call'],
  ['bad params', { rpc: 'call', id: 1, method: 'add', params: { a: '1' } }, 'invalid-params'],
  ['bad params of a stream', { rpc: 'stream', id: 1, method: 'ticks', params: 1, credit: 1 }, 'invalid-params'],
])('a peer that asks for %s is refused', async (_, envelope, error) => {
  const more = { ...api, ticks: stream(z.string(), z.number()) };
  const { server, clock, faults } = createRpcPair(more, { ...handlers, async *ticks() {} });
  server.tell({ type: 'message', data: JSON.stringify(envelope) });
  await clock.settle();
  expect(server.envelopes).toEqual([{ rpc: 'error', id: 1, error }]);
  expect(faults).toEqual([]);
});

test.each([0, -1, 1.5, 2 ** 53, '1', null])('a call with the id %j is no call', async (id) => {
  const { server, clock } = pairOf();
  server.tell({ type: 'message', data: JSON.stringify({ rpc: 'call', id, method: 'now' }) });
  await clock.settle();
  expect(server.sent).toEqual([]);
});

test('members that the specification does not name are ignored', async () => {
  const { server, clock } = pairOf();
  server.tell({ type: 'message', data: '{"rpc":"call","id":1,"method":"now","credit":5,"more":[]}' });
  await clock.settle();
  expect(server.envelopes).toEqual([{ rpc: 'answer', id: 1, result: 5 }]);
});

test('an id that is at work is not begun again, and its call is answered once', async () => {
  let answerIt = (_text: string) => {};
  let begun = 0;
  const { rpc, server, clock, client } = pairOf({
    bare: () =>
      new Promise((resolve) => {
        begun++;
        answerIt = resolve;
      }),
  });
  const answered = rpc.call('bare', 'x');
  await clock.settle();
  server.tell({ type: 'message', data: client.sent[0] });
  await clock.settle();
  answerIt('once');
  expect(await answered).toBe('once');
  expect([begun, server.sent.length]).toEqual([1, 1]);
});

test('over its limit, a peer is told busy, also where it gave calls up whose handlers go on', async () => {
  const ends: ((text: string) => void)[] = [];
  const { rpc, clock } = pairOf(
    { slow: () => new Promise((resolve) => ends.push(resolve)) },
    { serve: { maxCalls: 2 } },
  );
  const controller = new AbortController();
  const calls = [1, 2].map(() => rejectionOf(rpc.call('slow', undefined, { signal: controller.signal })));
  await clock.settle();
  expect(await rejectionOf(rpc.call('now'))).toMatchObject({ failure: 'busy' });
  controller.abort();
  await Promise.all(calls);
  expect(await rejectionOf(rpc.call('now'))).toMatchObject({ failure: 'busy' });
  ends[0]?.('');
  await clock.settle();
  expect(await rpc.call('now')).toBe(5);
});

test('when the peer closes, calls reject and handlers are aborted', async () => {
  const signals: AbortSignal[] = [];
  const { rpc, client, server, clock } = pairOf({
    slow: (_, { signal }) => {
      signals.push(signal);
      return never;
    },
  });
  const rejection = rejectionOf(rpc.call('slow'));
  await clock.settle();
  client.close();
  server.close();
  expect(await rejection).toMatchObject({ code: 'client-closed' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(await rejectionOf(rpc.call('slow'))).toMatchObject({ code: 'client-closed' });
  expect(clock.pendingTimers).toBe(0);
});

test('who stops serving aborts what is at work and answers no more', async () => {
  const signals: AbortSignal[] = [];
  const { rpc, server, clock, stopServing } = pairOf({
    slow: (_, { signal }) => {
      signals.push(signal);
      return never;
    },
  });
  void rejectionOf(rpc.call('slow'));
  await clock.settle();
  stopServing();
  expect(signals[0]?.aborted).toBe(true);
  void rejectionOf(rpc.call('now'));
  await clock.settle();
  expect(server.sent).toEqual([]);
});

test('that a peer is closing while it is answered is no fault', async () => {
  const { rpc, server, clock, faults } = pairOf();
  server.send = () => {
    throw new HoldfastError('client-closed');
  };
  void rejectionOf(rpc.call('now'));
  await clock.settle();
  expect(faults).toEqual([]);
});

test('ids begin at a random place, so that a page that is loaded again takes no answer for its own', () => {
  const { rpc, peer } = createLoneCaller(api, {}, 0.5);
  void rpc.call('now');
  expect(peer.envelopes).toEqual([{ rpc: 'call', method: 'now', id: 2 ** 47 + 1 }]);
});
