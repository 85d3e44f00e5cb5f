import * as msgpack from '@msgpack/msgpack';
import { expect } from 'chai';
import { type Client, connect, type HoldfastError } from 'holdfast';
import { binary, type Codec, json, withSchemas } from 'holdfast/codec';
import { z } from 'zod';
import { thrownBy } from './bench/thrown.ts';
import { type Bench, behaviour } from './bench/scenario.ts';

const note = z.object({ text: z.string().min(1), tags: z.array(z.string()).default([]) });
type Sent = z.input<typeof note>;
type Note = z.output<typeof note>;

/** Lines of `key=value`: a codec as an app would write it. */
const lines: Codec<unknown, Note> = {
  encode: ({ text, tags }) => `text=${text}\ntags=${tags.join()}`,
  decode: (data) => {
    const [text = '', tags = ''] = String(data).split('\n');
    return { text: text.slice(5), tags: tags.slice(5).split(',').filter(Boolean) };
  },
};

const kinds: Readonly<Record<string, { codec: Codec<Note, Sent>; kind: 'text' | 'binary' }>> = {
  JSON: { codec: json(note), kind: 'text' },
  MessagePack: { codec: binary(msgpack, note), kind: 'binary' },
  'a format of the app': { codec: withSchemas(lines, note), kind: 'text' },
};

/** Messages are what the app means by them, and bad ones harm nothing. */
export const codecs = behaviour('messages with types', {
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, { codec, kind }]) => [
      `${name} there and back`,
      async (bench: Bench) => {
        const server = await bench.server();
        const client = connect(server.url, { codec });
        const recording = bench.watch(client);
        client.send({ text: 'é ☃ 𝄞' });
        client.send({ text: 'two', tags: ['a', 'b'] });
        expect(await recording.messages(2)).to.deep.equal([
          { text: 'é ☃ 𝄞', tags: [] },
          { text: 'two', tags: ['a', 'b'] },
        ]);
        expect(thrownBy(() => client.send({ text: '' })).code).to.equal('invalid-message');
        const [seen] = await server.report({ messages: 2 });
        expect(seen?.messages.map((message) => message.kind)).to.deep.equal([kind, kind]);
      },
    ]),
  ),

  'a bad message is told and skipped': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { codec: json(note) });
    const recording = bench.watch(client);
    await recording.reach('open');
    await server.send('{"text":"one"}', '{', '{"text":2}', '{"text":"three"}');
    expect(await recording.messages(2)).to.deep.equal([
      { text: 'one', tags: [] },
      { text: 'three', tags: [] },
    ]);
    expect(recording.of('error').map(({ error }) => error.code)).to.deep.equal(['decode-failed', 'schema-mismatch']);
    expect(client.state.name).to.equal('open');
  },

  'a bad message closes for good where the app wants that': async (bench) => {
    const server = await bench.server();
    const asked: [HoldfastError, unknown][] = [];
    const client = connect(server.url, {
      codec: json(note, {
        whenInvalid: (error, data) => {
          asked.push([error, data]);
          return 'close';
        },
      }),
    });
    const recording = bench.watch(client);
    await recording.reach('open');
    await server.send('{"text":2}');
    const closed = await recording.reach('closed');
    expect([closed.code, closed.reason]).to.deep.equal([4007, 'schema-mismatch']);
    expect(asked).to.deep.equal([[recording.of('error')[0]?.error, '{"text":2}']]);
    const [seen] = await server.report({ closed: 1 });
    expect(seen?.closed).to.deep.equal({ code: 4007, reason: 'schema-mismatch' });
  },

  'what waited for a server that never came is told as the app knows it': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client: Client<Note, Sent> = connect(server.url, { codec: binary(msgpack, note) });
    const recording = bench.watch(client);
    const message = { text: 'in vain' };
    expect(client.send(message)).to.equal('queued');
    await recording.reach('disconnected');
    await client.close();
    expect(recording.of('dropped').map((event) => event.message)).to.deep.equal([message]);
  },
});
