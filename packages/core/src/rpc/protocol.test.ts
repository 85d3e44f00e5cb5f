import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRpc } from './create-rpc.ts';
import { call, defineApi, stream } from './declare-api.ts';
import { MemoryPeer } from './rpc-pair.test-helper.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { serveRpc } from './serve-rpc.ts';

const page = readFileSync(new URL('../../../../docs/protocols/rpc.md', import.meta.url), 'utf8');

/** The conversations of the specification: each line with who says it. */
const conversations = [...page.matchAll(/```text\n([^`]*)```/g)].map(([, text = '']) =>
  text
    .trim()
    .split('\n')
    .map((line) => ({
      isCallers: line.startsWith('→'),
      envelope: JSON.parse(line.slice(2)) as Record<string, unknown>,
    })),
);

const api = defineApi({
  add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
  slow: call<void, string>(),
  broken: call(),
  user: call(z.object({ id: z.string() }), z.string(), { errors: { 'not-found': z.object({ id: z.string() }) } }),
  count: stream(z.object({ to: z.number() }), z.number()),
  leaky: stream<void, number, { dry: undefined }>(),
});

test('the specification has conversations', () => {
  expect(conversations).toHaveLength(7);
});

test.each(conversations.map((lines, index) => [index + 1, lines] as const))(
  'conversation %i: the handler says its lines',
  async (_, lines) => {
    const [peer, clock] = [new MemoryPeer(), new FakeClock()];
    const onError = () => {};
    const handlers: Parameters<typeof serveRpc<typeof api>>[2] = {
      add: ({ a, b }) => a + b,
      slow: () => new Promise((resolve) => clock.after(1, () => resolve('at last'))),
      broken: () => {
        throw new Error('a secret');
      },
      user: ({ id }, { fail }) => {
        throw fail('not-found', { id });
      },
      async *count({ to }) {
        for (let n = 1; n <= to; n++) yield n;
      },
      async *leaky(_params, { fail }) {
        yield 1;
        throw fail('dry');
      },
    };
    serveRpc(peer, api, handlers, { onError });
    let told = 0;
    for (const { isCallers, envelope } of lines) {
      if (isCallers) {
        peer.tell({ type: 'message', data: JSON.stringify(envelope) });
        await clock.settle();
      } else {
        if (peer.sent.length === told) await clock.advance(1);
        expect(peer.envelopes[told++]).toEqual(envelope);
      }
    }
    await clock.advance(10);
    expect(peer.sent).toHaveLength(told);
  },
);

/** What the calling app does in each conversation that a right caller can have, and what becomes of it. */
const callers: Record<
  number,
  (rpc: ReturnType<typeof createRpc<typeof api>>, signal: AbortSignal) => Promise<unknown>[]
> = {
  1: (rpc) => [rpc.call('add', { a: 1, b: 2 })],
  2: (rpc) => [rpc.call('slow'), rpc.call('add', { a: 2, b: 2 })],
  3: (rpc) => [rpc.call('user', { id: '7' }).catch((error) => error.data)],
  5: (rpc, signal) => [
    rpc.call('slow', undefined, { signal }).catch((reason) => reason),
    Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => rpc.call('add', { a: 1, b: 1 })),
  ],
  6: (rpc) => [readAll(rpc.stream('count', { to: 3 }, { maxUnread: 2 }))],
  7: (rpc) => [readAll(rpc.stream('leaky', undefined, { maxUnread: 5 })).catch((error) => error.failure)],
};
const outcomes: Record<number, unknown[]> = {
  1: [3],
  2: ['at last', 4],
  3: [{ id: '7' }],
  5: ['enough', 2],
  6: [[1, 2, 3]],
  7: ['dry'],
};

test.each(Object.keys(callers).map(Number))('conversation %i: the caller says its lines', async (number) => {
  const [peer, clock, controller] = [new MemoryPeer(), new FakeClock(), new AbortController()];
  const rpc = createRpc(peer, api, {}, { after: clock.after, random: () => 0 });
  const results = callers[number]?.(rpc, controller.signal) ?? [];
  if (number === 5) controller.abort('enough');
  await clock.settle();
  const lines = conversations[number - 1] ?? [];
  for (const { isCallers, envelope } of lines) {
    if (!isCallers) peer.tell({ type: 'message', data: JSON.stringify(envelope) });
    await clock.settle();
  }
  expect(await Promise.all(results)).toEqual(outcomes[number]);
  const said = lines.filter(({ isCallers }) => isCallers).map(({ envelope }) => envelope);
  expect(peer.envelopes.slice(0, said.length)).toEqual(said);
});

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}
