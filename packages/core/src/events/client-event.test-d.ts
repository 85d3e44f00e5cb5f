// Tests of types: compiled by the house check; a line under `@ts-expect-error` that compiles is a failure.
import { expectTypeOf } from 'vitest';
import type { Client } from '../session/client.ts';
import type { ClientEvent, ClientEventMap, EventMap, LatencyEvent } from './client-event.ts';

type Shape = { type: 'circle'; radius: number } | { type: 'square'; side: number };

// The map is derived from the union, member by member.
expectTypeOf<EventMap<Shape>['circle']>().toEqualTypeOf<{ type: 'circle'; radius: number }>();
expectTypeOf<keyof EventMap<Shape>>().toEqualTypeOf<'circle' | 'square'>();
expectTypeOf<keyof ClientEventMap>().toEqualTypeOf<ClientEvent['type']>();
expectTypeOf<ClientEventMap<{ id: number }>['message']['data']>().toEqualTypeOf<{ id: number }>();
expectTypeOf<ClientEventMap<string, Blob>['dropped']['message']>().toEqualTypeOf<Blob>();

declare const client: Client<{ id: number }, string>;

// A listener gets the member of its name.
client.on('message', ({ data }) => data.id.toFixed());
client.on('waiting', ({ delayMs, attempt }) => delayMs + attempt);
client.on('disconnected', ({ code, reason, wasClean, willReconnect, uncertain, error }) => [
  code.toFixed(),
  reason.length,
  wasClean && willReconnect,
  uncertain.messages + uncertain.bytes,
  error?.code === 'heartbeat-timeout',
]);
expectTypeOf<ReturnType<typeof client.on>>().toEqualTypeOf<() => void>();

// @ts-expect-error no such event
client.on('mesage', () => {});
// @ts-expect-error no such field of this event
client.on('open', ({ delayMs }) => delayMs);
// @ts-expect-error the type of the messages is known
client.on('message', ({ data }) => data.name);
// @ts-expect-error no such code
client.on('error', ({ error }) => error.code === 'heartbeat-timeot');

// `once` is a promise of the same member.
expectTypeOf<Awaited<ReturnType<typeof client.once<'latency'>>>>().toEqualTypeOf<LatencyEvent>();

// `send`, the iterator and `close` know their types.
expectTypeOf<ReturnType<typeof client.send>>().toEqualTypeOf<'sent' | 'queued'>();
client.send('text');
// @ts-expect-error this client sends text alone
client.send(new Uint8Array(1));
for await (const message of client) message.id.toFixed();
expectTypeOf<Awaited<ReturnType<typeof client.close>>['type']>().toEqualTypeOf<'closed'>();

// The state is a union by name, each with its own data.
if (client.state.name === 'waiting') client.state.delayMs.toFixed();
// @ts-expect-error only some states have it
expectTypeOf(client.state.delayMs).toBeNumber();
