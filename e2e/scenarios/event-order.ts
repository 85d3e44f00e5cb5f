import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** Events tell what happened in the order in which it happened. */
export const eventOrder = behaviour('event order', {
  'nothing is told before connect has returned': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    expect(client.state.name).to.equal('connecting');
    const recording = bench.watch(client);
    const { attempt, url } = await recording.reach('connecting');
    expect(attempt).to.equal(1);
    expect(new URL(url).host).to.equal(new URL(server.url).host);
  },

  'from the first dial to the end': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    const opened = await recording.reach('open');
    expect(opened).to.include({ protocol: '', attempt: 1, resumed: false });
    client.send('a');
    client.send('b');
    await recording.messages(2);
    await client.close(1000, 'enough');

    expect(recording.story()).to.equal('connecting open message message disconnected closed');
    const end = { code: 1000, reason: 'enough', wasClean: true };
    expect(recording.of('disconnected')[0]).to.include({ ...end, willReconnect: false });
    expect(recording.of('closed')[0]).to.include(end);
  },

  'the state has changed when its event is told': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);
    const states: string[] = [];
    for (const type of ['connecting', 'open', 'waiting', 'closed'] as const) {
      client.on(type, () => states.push(`${type}: ${client.state.name}`));
    }
    await recording.reach('open');
    await server.closeClients(1001);
    await recording.reach('open', 2);
    await client.close();
    expect(states).to.deep.equal([
      'connecting: connecting',
      'open: open',
      'waiting: waiting',
      'connecting: connecting',
      'open: open',
      'closed: closed',
    ]);
  },

  'messages that come with the handshake wait for the listeners': async (bench) => {
    const server = await bench.server({ greeting: ['welcome', 'to', 'you'] });
    const recording = bench.watch(connect(server.url));
    expect(await recording.messages(3)).to.deep.equal(['welcome', 'to', 'you']);
    expect(recording.story()).to.equal('connecting open message message message');
  },

  'a listener that an earlier one takes off does not hear the event under way': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const heard: unknown[] = [];
    client.on('message', () => off());
    const off = client.on('message', ({ data }) => heard.push(data));
    const recording = bench.watch(client);
    await recording.reach('open');
    client.send('first');
    await recording.messages(1);
    expect(heard).to.deep.equal([]);
  },

  'a listener that is off hears nothing': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    const heard: unknown[] = [];
    const controller = new AbortController();
    const off = client.on('message', ({ data }) => heard.push(['off', data]));
    client.on('message', ({ data }) => heard.push(['signal', data]), { signal: controller.signal });
    client.on('message', ({ data }) => heard.push(['once', data]), { once: true });
    await recording.reach('open');

    client.send('first');
    await recording.messages(1);
    expect(heard).to.deep.equal([
      ['off', 'first'],
      ['signal', 'first'],
      ['once', 'first'],
    ]);
    off();
    controller.abort();
    client.send('second');
    await recording.messages(2);
    expect(heard).to.have.length(3);
  },
});
