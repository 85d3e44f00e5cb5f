import * as v from 'valibot';
import { z } from 'zod';
import type { Client } from '../session/client.ts';
import { isCallError } from './call-error.ts';
import { createRpc, type Rpc } from './create-rpc.ts';
import { call, defineApi, stream } from './declare-api.ts';
import type { RpcPlatform } from './outgoing-calls.ts';
import type { RpcPeer } from './peer.ts';
import { serveRpc } from './serve-rpc.ts';

declare const platform: RpcPlatform;
declare const plain: Client;
declare const coded: Client<{ readonly kind: string }, { readonly kind: string }>;

// Clients of any message type are peers.
const peers: RpcPeer[] = [plain, coded];

// The same API three times: by zod, by valibot, by bare types.
const zodApi = defineApi({
  add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
  born: call(
    z.string(),
    z.iso.date().transform((text) => new Date(text)),
    {
      errors: { 'not-found': z.object({ id: z.string() }) },
    },
  ),
  now: call(undefined, z.number()),
  ticks: stream(z.object({ everyMs: z.number() }), z.number(), { errors: { late: z.number() } }),
});
const valibotApi = defineApi({
  add: call(v.object({ a: v.number(), b: v.number() }), v.number()),
  born: call(
    v.string(),
    v.pipe(
      v.string(),
      v.transform((text) => new Date(text)),
    ),
    {
      errors: { 'not-found': v.object({ id: v.string() }) },
    },
  ),
  now: call(undefined, v.number()),
  ticks: stream(v.object({ everyMs: v.number() }), v.number(), { errors: { late: v.number() } }),
});
const bareApi = defineApi({
  add: call<{ a: number; b: number }, number>(),
  born: call<string, Date, { 'not-found': { id: string } }>({ retry: true, timeoutMs: 10 }),
  now: call<void, number>(),
  ticks: stream<{ everyMs: number }, number, { late: number }>(),
});

async function withZod(rpc: Rpc<typeof zodApi>) {
  (await rpc.call('add', { a: 1, b: 2 })) satisfies number;
  (await rpc.call('born', 'ada', { timeoutMs: 5 })) satisfies Date;
  (await rpc.call('now')) satisfies number;
  for await (const tick of rpc.stream('ticks', { everyMs: 5 }, { maxUnread: 3 })) tick satisfies number;
  // @ts-expect-error b is a number
  await rpc.call('add', { a: 1, b: '2' });
  // @ts-expect-error b is missing
  await rpc.call('add', { a: 1 });
  // @ts-expect-error params are missing
  await rpc.call('add');
  // @ts-expect-error no such call
  await rpc.call('subtract', { a: 1, b: 2 });
  // @ts-expect-error a stream is no call
  await rpc.call('ticks', { everyMs: 5 });
  // @ts-expect-error a call is no stream
  rpc.stream('add', { a: 1, b: 2 });
  // @ts-expect-error the sum is a number
  (await rpc.call('add', { a: 1, b: 2 })) satisfies string;
  // @ts-expect-error no such option
  await rpc.call('now', undefined, { timeout: 5 });
  // @ts-expect-error ticks are numbers
  for await (const tick of rpc.stream('ticks', { everyMs: 5 })) tick satisfies string;
}

async function withValibot(rpc: Rpc<typeof valibotApi>) {
  (await rpc.call('add', { a: 1, b: 2 })) satisfies number;
  (await rpc.call('born', 'ada')) satisfies Date;
  (await rpc.call('now')) satisfies number;
  for await (const tick of rpc.stream('ticks', { everyMs: 5 })) tick satisfies number;
  // @ts-expect-error b is a number
  await rpc.call('add', { a: 1, b: '2' });
  // @ts-expect-error params are missing
  await rpc.call('add');
  // @ts-expect-error no such call
  await rpc.call('subtract', { a: 1, b: 2 });
  // @ts-expect-error the day is a Date
  (await rpc.call('born', 'ada')) satisfies string;
  // @ts-expect-error a stream takes what it declares
  rpc.stream('ticks', { everyMs: '5' });
}

async function withBareTypes(rpc: Rpc<typeof bareApi>) {
  (await rpc.call('add', { a: 1, b: 2 })) satisfies number;
  (await rpc.call('now')) satisfies number;
  for await (const tick of rpc.stream('ticks', { everyMs: 5 })) tick satisfies number;
  // @ts-expect-error b is a number
  await rpc.call('add', { a: 1, b: '2' });
  // @ts-expect-error the sum is a number
  (await rpc.call('add', { a: 1, b: 2 })) satisfies string;
}

function errors(error: unknown) {
  if (isCallError(error, zodApi.born, 'not-found')) error.data.id satisfies string;
  if (isCallError(error, valibotApi.born, 'not-found')) error.data.id satisfies string;
  if (isCallError(error, bareApi.born, 'not-found')) error.data.id satisfies string;
  if (isCallError(error, zodApi.ticks, 'late')) error.data satisfies number;
  if (isCallError(error, zodApi.born, 'busy')) error.failure satisfies 'busy';
  // @ts-expect-error it has no such error
  if (isCallError(error, zodApi.born, 'gone')) return;
  // @ts-expect-error add has none of its own
  if (isCallError(error, valibotApi.add, 'not-found')) return;
  // @ts-expect-error an id is text
  if (isCallError(error, valibotApi.born, 'not-found')) error.data.id satisfies number;
}

for (const peer of peers) {
  await withZod(createRpc(peer, zodApi, {}, platform));
  await withValibot(createRpc(peer, valibotApi, {}, platform));
  await withBareTypes(createRpc(peer, bareApi, { asObjects: true }, platform));
}
errors(undefined);

// Handlers get what their schemas make of the params, and answer what the schema of the result takes.
serveRpc(plain, zodApi, {
  add: ({ a, b }) => a + b,
  born: async (id, { fail, signal }) => {
    signal satisfies AbortSignal;
    if (id === '') throw fail('not-found', { id });
    // @ts-expect-error its data is an object
    if (id === 'a') throw fail('not-found', id);
    // @ts-expect-error its data is missing
    if (id === 'b') throw fail('not-found');
    // @ts-expect-error it has no such error
    if (id === 'c') throw fail('gone', { id });
    return '1815-12-10';
  },
  now: () => 5,
  async *ticks({ everyMs }) {
    yield everyMs;
  },
});
serveRpc(plain, valibotApi, {
  // @ts-expect-error a sum is a number
  add: ({ a, b }) => `${a + b}`,
  // @ts-expect-error what travels is the text
  born: () => new Date(),
  now: async () => 5,
  // @ts-expect-error ticks are numbers
  async *ticks() {
    yield 'tick';
  },
});
serveRpc(plain, bareApi, {
  // @ts-expect-error there is no c
  add: ({ a, c }) => a + c,
  born: () => new Date(),
  now: () => 5,
  // @ts-expect-error a stream answers what can be iterated
  ticks: () => 5,
});
// @ts-expect-error born and ticks are missing
serveRpc(plain, bareApi, { add: ({ a, b }) => a + b, now: () => 5 });
