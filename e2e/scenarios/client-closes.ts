import { expect } from 'chai';
import { connect } from 'holdfast';
import { behaviour } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

/** Our close reaches the server, and the promise tells how it ended. */
export const clientCloses = behaviour('the client closes', {
  'with a code and a reason': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    await recording.reach('open');

    const answer = await client.close(4000, 'done — été');
    expect(answer).to.include({ type: 'closed', code: 4000, reason: 'done — été', wasClean: true });
    expect(recording.of('closed')).to.deep.equal([answer]);
    expect(client.state.name).to.equal('closed');

    const [seen] = await server.report({ closed: 1 });
    expect(seen?.closed).to.deep.equal({ code: 4000, reason: 'done — été' });
  },

  'with 1000 and nothing else': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    await bench.watch(client).reach('open');
    expect(await client.close(1000)).to.include({ code: 1000, reason: '', wasClean: true });
    const [seen] = await server.report({ closed: 1 });
    expect(seen?.closed).to.deep.equal({ code: 1000, reason: '' });
  },

  'twice: both promises give the same end': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    await recording.reach('open');

    const [first, second] = await Promise.all([client.close(4001, 'first'), client.close(4002, 'second')]);
    expect(second).to.equal(first);
    expect(first).to.include({ code: 4001, reason: 'first' });
    expect(await client.close()).to.equal(first);
    expect(recording.of('closed')).to.have.length(1);
  },

  'after a burst of messages: the server gets them all first': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const client = connect(server.url);
    await bench.watch(client).reach('open');
    const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`);
    for (const text of texts) client.send(text);
    await client.close(1000);

    const [seen] = await server.report({ closed: 1 });
    expect(seen?.messages.map((message) => message.text)).to.deep.equal(texts);
  },

  'during the first dial': async (bench) => {
    const server = await bench.server({ mute: true });
    const client = connect(server.url);
    const recording = bench.watch(client);
    await recording.reach('connecting');
    await server.report({ handshakes: 1 });

    expect((await client.close()).type).to.equal('closed');
    expect(recording.of('open')).to.have.length(0);
  },

  'while it waits to dial again': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    const recording = bench.watch(client);
    await recording.reach('waiting');

    expect((await client.close()).type).to.equal('closed');
    expect(recording.of('connecting')).to.have.length(1);
  },

  'and takes no message any more': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    await bench.watch(client).reach('open');

    const closing = client.close();
    expect(thrownBy(() => client.send('too late')).code).to.equal('client-closed');
    await closing;
    expect(thrownBy(() => client.send('too late')).code).to.equal('client-closed');
    expect((await server.report({ closed: 1 }))[0]?.messages).to.deep.equal([]);
  },
});
