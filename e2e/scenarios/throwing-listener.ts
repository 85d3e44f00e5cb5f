import { expect } from 'chai';
import { connect } from 'holdfast';
import { behaviour } from './bench/scenario.ts';

/** A fault in the app's own listener stays its own. */
export const throwingListener = behaviour('a listener that throws', {
  'holds back neither the other listeners nor a pong': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const fault = new Error('the fault of the app');
    client.on('message', () => {
      throw fault;
    });
    const recording = bench.watch(client);
    await recording.reach('open');
    client.send('one');
    client.send('two');

    expect(await recording.messages(2)).to.deep.equal(['one', 'two']);
    const { error } = await recording.reach('error', 2);
    expect(error.code).to.equal('listener-threw');
    expect(error.cause).to.equal(fault);
    await server.ping();
    expect(client.state.name).to.equal('open');
  },

  'of any event does not stop the client': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: { minDelayMs: 10, maxDelayMs: 50 } });
    for (const type of ['connecting', 'open', 'disconnected', 'waiting', 'closed'] as const) {
      client.on(type, () => {
        throw new Error(`in ${type}`);
      });
    }
    const recording = bench.watch(client);
    await recording.reach('open');
    await server.closeClients(1001);
    await recording.reach('open', 2);
    expect(recording.of('error').map(({ error }) => (error.cause as Error).message)).to.deep.equal([
      'in connecting',
      'in open',
      'in disconnected',
      'in waiting',
      'in connecting',
      'in open',
    ]);
    expect((await client.close()).type).to.equal('closed');
  },

  'of the end tells nothing after the end': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    client.on('closed', () => {
      throw new Error('too late to be told');
    });
    await recording.reach('open');
    await client.close();
    expect(recording.story()).to.equal('connecting open disconnected closed');
  },

  'crashes nothing when nobody listens for errors': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    client.on('message', () => {
      throw new Error('unheard');
    });
    await client.once('open');
    client.send('one');
    await client.once('message');
    client.send('two');
    await client.once('message');
    bench.watch(client);
  },
});
