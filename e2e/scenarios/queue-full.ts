import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { type Bench, behaviour } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

type WhenFull = 'throw' | 'drop-oldest' | 'drop-newest';

/** A queue that is full does what the app chose, and never more than it was told. */
export const queueFull = behaviour('queue full', {
  'throw: send throws, the others arrive': async (bench) => {
    const { client, recording, arrived } = await fillTwo(bench, 'throw');
    const error = thrownBy(() => client.send('three'));
    expect(error.code).to.equal('queue-full');
    expect(error.message).to.contain('2');

    expect(await arrived(2)).to.deep.equal(['one', 'two']);
    expect(recording.of('dropped')).to.have.length(0);
  },

  'drop-oldest: the first is told as dropped': async (bench) => {
    const { client, recording, arrived } = await fillTwo(bench, 'drop-oldest');
    expect(client.send('three')).to.equal('queued');
    expect(await recording.reach('dropped')).to.deep.equal({ type: 'dropped', message: 'one', cause: 'queue-full' });
    expect(await arrived(2)).to.deep.equal(['two', 'three']);
    expect(recording.of('dropped')).to.have.length(1);
  },

  'drop-newest: the last is told as dropped': async (bench) => {
    const { client, recording, arrived } = await fillTwo(bench, 'drop-newest');
    client.send('three');
    expect(await recording.reach('dropped')).to.deep.equal({ type: 'dropped', message: 'three', cause: 'queue-full' });
    expect(await arrived(2)).to.deep.equal(['one', 'two']);
    expect(recording.of('dropped')).to.have.length(1);
  },

  'the limit counts bytes as well': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    await server.kill();
    const client = connect(server.url, { reconnect: quickly, outbox: { maxBytes: 8, whenFull: 'throw' } });
    bench.watch(client);
    client.send('five5');
    expect(thrownBy(() => client.send('éé')).code).to.equal('queue-full');
    expect(client.send('yes')).to.equal('queued');
    await server.startAgain();
    const [seen] = await server.report({ messages: 2 });
    expect(seen?.messages.map((message) => message.text)).to.deep.equal(['five5', 'yes']);
  },
});

async function fillTwo(bench: Bench, whenFull: WhenFull) {
  const server = await bench.server({ mode: 'collect' });
  await server.kill();
  const client = connect(server.url, { reconnect: quickly, outbox: { maxMessages: 2, whenFull } });
  const recording = bench.watch(client);
  client.send('one');
  client.send('two');
  const arrived = async (messages: number) => {
    await server.startAgain();
    await recording.reach('open');
    client.send('end');
    const [seen] = await server.report({ messages: messages + 1 });
    return seen?.messages.map((message) => message.text).slice(0, -1);
  };
  return { client, recording, arrived };
}
