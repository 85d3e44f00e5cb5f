import type { ServeOptions } from '@holdfast/node/server';
import { expect } from 'chai';
import { Bench } from './bench.ts';
import { part } from './part.ts';

type Compression = NonNullable<ServeOptions['compression']>;

/** Words that repeat, and bytes that do not. */
const messages = [
  ...Array.from({ length: 50 }, (_, index) => JSON.stringify({ index, kelp: 'kelp '.repeat(index) })),
  Uint8Array.from({ length: 100_000 }, (_, index) => (index * index * 31) % 251),
  '',
  '🌊'.repeat(100_000),
];

/** Both ends agree on compression, and everything comes back as it was. */
const agreesOn = (given: Compression) =>
  Bench.run(async (bench) => {
    const { port } = await bench.serve({ compression: given });
    const client = bench.dial(`ws://127.0.0.1:${port}/`, { compression: given });
    await client.once('open');
    expect(client.extensions).to.match(/^permessage-deflate/);
    for (const message of messages) {
      const answer = client.once('message');
      client.send(message);
      expect((await answer).data).to.deep.equal(message);
    }
    const { code, wasClean } = await client.close();
    expect({ code, wasClean }).to.deep.equal({ code: 1000, wasClean: true });
  });

/** What `node:zlib` does, in the turn that asks for it. */
export const compression = part('compression', {
  'messages are compressed both ways': () => agreesOn(true),
  'messages are compressed one by one': () =>
    agreesOn({ clientContextTakeover: false, serverContextTakeover: false, thresholdBytes: 0 }),
  'windows from 8 to 15 bits': async () => {
    for (let bits = 8; bits <= 15; bits++) await agreesOn({ clientMaxWindowBits: bits, serverMaxWindowBits: bits });
  },
  'levels and memory from the least to the most': async () => {
    await agreesOn({ level: 1, memLevel: 1 });
    await agreesOn({ level: 9, memLevel: 9 });
  },

  'a message that grows over the limit is refused with 1009': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve({ compression: true, maxMessageBytes: 100_000 });
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      client.send(new Uint8Array(10_000_000));
      const { code } = await client.once('closed');
      expect(code).to.equal(1009);
    }),

  'a connection that the client offers none for has none': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve({ compression: true });
      const client = bench.dial(`ws://127.0.0.1:${port}/`, { compression: false });
      await client.once('open');
      expect(client.extensions).to.equal('');
    }),
});
