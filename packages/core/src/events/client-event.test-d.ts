// Tests of types: compiled by the house check; a line under `@ts-expect-error` that compiles is a failure.
import type { Client } from '../session/client.ts';
import type { ClientEvent, ClientEventMap, EventMap } from './client-event.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <T extends true>(_proof?: T): void => {};

type Shape = { type: 'circle'; radius: number } | { type: 'square'; side: number };

// The map is derived from the union, member by member.
isTrue<Equal<EventMap<Shape>['circle'], { type: 'circle'; radius: number }>>();
isTrue<Equal<keyof EventMap<Shape>, 'circle' | 'square'>>();
isTrue<Equal<keyof ClientEventMap, ClientEvent['type']>>();
isTrue<Equal<ClientEventMap<{ id: number }>['message']['data'], { id: number }>>();
isTrue<Equal<ClientEventMap<string, Blob>['dropped']['message'], Blob>>();

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
isTrue<Equal<ReturnType<typeof client.on>, () => void>>();

// @ts-expect-error no such event
client.on('mesage', () => {});
// @ts-expect-error no such field of this event
client.on('open', ({ delayMs }) => delayMs);
// @ts-expect-error the type of the messages is known
client.on('message', ({ data }) => data.name);
// @ts-expect-error no such code
client.on('error', ({ error }) => error.code === 'heartbeat-timeot');

// `once` is a promise of the same member.
isTrue<
  Equal<Awaited<ReturnType<typeof client.once<'latency'>>>, { readonly type: 'latency'; readonly rttMs: number }>
>();

// `send`, the iterator and `close` know their types.
isTrue<Equal<ReturnType<typeof client.send>, 'sent' | 'queued'>>();
client.send('text');
// @ts-expect-error this client sends text alone
client.send(new Uint8Array(1));
for await (const message of client) message.id.toFixed();
isTrue<Equal<Awaited<ReturnType<typeof client.close>>['type'], 'closed'>>();

// The state is a union by name, each with its own data.
if (client.state.name === 'waiting') client.state.delayMs.toFixed();
// @ts-expect-error only some states have it
client.state.delayMs;

export {};
