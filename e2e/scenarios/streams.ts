import { expect } from 'chai';
import { connect, toStreams } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';
import { rejectionOf } from './bench/thrown.ts';

/** A client as Web Streams. */
export const streams = behaviour('Web Streams', {
  'what is written comes back, in order': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    bench.watch(client);
    const { readable, writable } = toStreams(client);
    const writer = writable.getWriter();
    const reader = readable.getReader();
    const sent = Array.from({ length: 100 }, (_, index) => `message ${index}`);
    const writing = Promise.all(sent.map((text) => writer.write(text)));
    const read: unknown[] = [];
    while (read.length < sent.length) read.push((await reader.read()).value);
    await writing;
    expect(read).to.deep.equal(sent);
  },

  'they go on over a broken line': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);
    const { readable, writable } = toStreams(client);
    const [writer, reader] = [writable.getWriter(), readable.getReader()];
    await writer.write('before');
    expect((await reader.read()).value).to.equal('before');
    await server.kill();
    await recording.reach('disconnected');
    await server.startAgain();
    await writer.write('after');
    expect((await reader.read()).value).to.equal('after');
  },

  'closing the writable closes the client, and ends the readable': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    const { readable, writable } = toStreams(client);
    await writable.getWriter().close();
    expect((await recording.reach('closed')).code).to.equal(1000);
    expect((await readable.getReader().read()).done).to.equal(true);
  },

  'a client that was cut off fails the readable': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: false });
    const recording = bench.watch(client);
    const { readable } = toStreams(client);
    await recording.reach('open');
    await server.kill();
    expect(await rejectionOf(readable.getReader().read())).to.include({ code: 'connection-lost' });
  },
});

/** A page cannot hold back what the browser reads: what waits for a reader is bounded, and going over it is told. */
export const slowReaders = behaviour(
  'slow readers in a page',
  {
    'who falls behind by more than the limit gets what is there, and then the error': async (bench) => {
      const server = await bench.server();
      const client = connect(server.url, { maxUnreadBytes: 10 });
      const recording = bench.watch(client);
      const messages = client[Symbol.asyncIterator]();
      for (const text of ['12345', '67890', 'too much']) client.send(text);
      await recording.messages(3);
      expect((await messages.next()).value).to.equal('12345');
      expect((await messages.next()).value).to.equal('67890');
      expect(await rejectionOf(messages.next())).to.include({ code: 'reader-too-slow' });
      expect(client.state.name).to.equal('open');
    },
  },
  'web',
);
