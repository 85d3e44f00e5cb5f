import { expect } from 'chai';
import { connect } from 'holdfast';
import { patternedBytes, sha256 } from './bench/hash.ts';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** What is sent while there is no line waits for one, or is told as dropped. */
export const queueWhileDown = behaviour('queue while down', {
  'before the first open, in order': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    await server.kill();
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);

    expect(client.send('one')).to.equal('queued');
    expect(client.send('two')).to.equal('queued');
    expect(client.bufferedBytes).to.equal(6);
    await recording.reach('disconnected');
    expect(client.send('three')).to.equal('queued');
    await server.startAgain();
    await recording.reach('open');
    expect(client.send('four')).to.equal('sent');

    const [seen] = await server.report({ messages: 4 });
    expect(seen?.messages.map((message) => message.text)).to.deep.equal(['one', 'two', 'three', 'four']);
    expect(recording.of('dropped')).to.have.length(0);
  },

  'between two lines, text and bytes in one order': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);
    await recording.reach('open');
    await server.kill();
    await recording.reach('disconnected');
    const bytes = patternedBytes(70_000);
    expect(client.send('text')).to.equal('queued');
    expect(client.send(bytes)).to.equal('queued');
    expect(client.send('')).to.equal('queued');
    await server.startAgain();

    const seen = (await server.report({ messages: 3 })).at(-1)?.messages;
    expect(seen?.map((message) => message.kind)).to.deep.equal(['text', 'binary', 'text']);
    expect(seen?.[1]?.sha256).to.equal(await sha256(bytes));
    expect(seen?.[2]?.bytes).to.equal(0);
  },

  'bytes that change after send wait as they were': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const bytes = patternedBytes(1000);
    const before = await sha256(bytes);
    const client = connect(server.url);
    bench.watch(client);
    expect(client.send(bytes)).to.equal('queued');
    bytes.fill(0);

    const [seen] = await server.report({ messages: 1 });
    expect(seen?.messages[0]?.sha256).to.equal(before);
  },

  'a client that is closed first says what it drops': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    const recording = bench.watch(client);
    client.send('never');
    client.send('arrives');
    await recording.reach('waiting');
    await client.close();

    expect(recording.of('dropped')).to.deep.equal([
      { type: 'dropped', message: 'never', cause: 'closed' },
      { type: 'dropped', message: 'arrives', cause: 'closed' },
    ]);
    expect(recording.story()).to.match(/dropped dropped( disconnected)? closed$/);
  },

  'a client that gives up says what it drops': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: false });
    const recording = bench.watch(client);
    client.send('never');
    await recording.reach('closed');
    expect(recording.of('dropped')).to.deep.equal([{ type: 'dropped', message: 'never', cause: 'closed' }]);
  },

  'drained() resolves when the queue is out': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const client = connect(server.url, { highWaterMark: 1000 });
    bench.watch(client);
    client.send('x'.repeat(200_000));
    await client.drained();
    expect(client.bufferedBytes).to.be.below(1000);
    await server.report({ messages: 1 });
  },
});
