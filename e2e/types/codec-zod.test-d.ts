// Tests of types: one declaration of the messages, in zod, and both ends by it.
import { type Connection, serve } from '@holdfast/node/server';
import { type Client, connect, toStreams } from 'holdfast';
import { binary, type Codec, json, withSchemas } from 'holdfast/codec';
import { createTestKit } from 'holdfast/testing';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';

const said = z.object({ type: z.literal('said'), from: z.string(), at: z.number().default(0) });
const left = z.object({ type: z.literal('left'), from: z.string() });
const say = z.object({ type: z.literal('say'), text: z.string(), loud: z.boolean().default(false) });
const messages = json({ incoming: z.discriminatedUnion('type', [said, left]), outgoing: say });

// What a schema takes is what is sent, and what it makes of that is what arrives.
type Incoming = { type: 'said'; from: string; at: number } | { type: 'left'; from: string };
type Outgoing = { type: 'say'; text: string; loud?: boolean | undefined };
type Say = { type: 'say'; text: string; loud: boolean };
type Send = { type: 'said'; from: string; at?: number | undefined } | { type: 'left'; from: string };

const client = connect('wss://example.org/', { codec: messages });
expectTypeOf(client.send).parameter(0).toEqualTypeOf<Outgoing>();
client.send({ type: 'say', text: 'hi' });
// @ts-expect-error no such message
client.send({ type: 'shout', text: 'hi' });
// @ts-expect-error a field of another type
client.send({ type: 'say', text: 5 });
// @ts-expect-error a field is missing
client.send({ type: 'say' });
// @ts-expect-error what travels is not what the app sends
client.send('{"type":"say","text":"hi"}');

client.on('message', ({ data }) => {
  expectTypeOf(data).toEqualTypeOf<Incoming>();
  if (data.type === 'said') data.at.toFixed();
  // @ts-expect-error only some messages have it
  void data.at;
});
// @ts-expect-error a listener for another message
client.on('message', ({ data }: { data: Say }) => data.loud);
client.on('dropped', ({ message }) => expectTypeOf(message).toEqualTypeOf<Outgoing>());
expectTypeOf((await client.once('message')).data).toEqualTypeOf<Incoming>();

for await (const message of client) {
  expectTypeOf(message).toEqualTypeOf<Incoming>();
  // @ts-expect-error no such field
  void message.text;
}
const { readable, writable } = toStreams(client);
expectTypeOf(readable).toEqualTypeOf<ReadableStream<Incoming>>();
expectTypeOf(writable).toEqualTypeOf<WritableStream<Outgoing>>();

// A probe is a message like any other.
connect('wss://example.org/', {
  codec: messages,
  heartbeat: { probe: { message: { type: 'say', text: '' }, isReply: (message) => message.type === 'left' } },
});
connect('wss://example.org/', {
  codec: messages,
  // @ts-expect-error no such message
  heartbeat: { probe: { message: 'ping', isReply: () => true } },
});

// The server has the same the other way round.
const server = await serve(
  { port: 0, codec: messages.flip(), authorize: () => ({ data: { name: 'ann' } }) },
  async (connection) => {
    connection.data.name.trim();
    expectTypeOf(connection).toExtend<Connection<{ name: string }, Say, Send>>();
    connection.on('message', ({ data }) => expectTypeOf(data).toEqualTypeOf<Say>());
    connection.send({ type: 'said', from: 'ann' });
    // @ts-expect-error that is what the client sends
    connection.send({ type: 'say', text: 'hi' });
    for await (const message of connection) {
      expectTypeOf(message).toEqualTypeOf<Say>();
      // @ts-expect-error that is what the client hears
      void message.from;
    }
  },
);
server.broadcast({ type: 'left', from: 'ann' });
// @ts-expect-error no such message
server.broadcast('text');
expectTypeOf(messages.flip().flip()).toEqualTypeOf<typeof messages>();

// Tests of the app have the same types.
const kit = createTestKit();
expectTypeOf(kit.connect('wss://example.org/', { codec: messages }).send)
  .parameter(0)
  .toEqualTypeOf<Outgoing>();

// Also over another format, and over a codec of the app's own.
declare const library: { encode(value: unknown): Uint8Array; decode(bytes: Uint8Array): unknown };
declare const own: Codec<unknown, unknown>;
expectTypeOf(connect('wss://example.org/', { codec: binary(library, say) })).toExtend<Client<Say, Outgoing>>();
expectTypeOf(connect('wss://example.org/', { codec: withSchemas(own, say) })).toExtend<Client<Say, Outgoing>>();

// A schema that changes the type of its value is for one end: the other's would be given what this one made.
const dated = json({ incoming: z.string().transform((text) => new Date(text)), outgoing: z.date() });
expectTypeOf(connect('wss://example.org/', { codec: dated })).toExtend<Client<Date, Date>>();
// @ts-expect-error it cannot be flipped
dated.flip();
