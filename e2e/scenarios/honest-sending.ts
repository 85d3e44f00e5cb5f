import { expect } from 'chai';
import { connect } from 'holdfast';
import { probe, probing, quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

/** What was not sent yet can expire, be replaced or be cancelled; what nobody reads is bounded; what waits goes first. */
export const honestSending = behaviour('honest sending', {
  'what waits expires, is replaced and is cancelled, and each is told': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);
    const controller = new AbortController();
    client.send('expires', { ttlMs: 20 });
    client.send('position 1', { key: 'position' });
    client.send('position 2', { key: 'position' });
    client.send('cancelled', { signal: controller.signal });
    controller.abort();
    await recording.reach('dropped', 3);
    await server.startAgain();

    const [seen] = await server.report({ messages: 1 });
    expect(seen?.messages.map(({ text }) => text)).to.deep.equal(['position 2']);
    expect(recording.of('dropped').map(({ message, cause }) => [message, cause])).to.deep.equal([
      ['position 1', 'replaced'],
      ['cancelled', 'aborted'],
      ['expires', 'expired'],
    ]);
  },

  'close() lets what was sent before it go first, also before there is a connection': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const client = connect(server.url);
    bench.watch(client);
    expect([client.send('a'), client.send('b')]).to.deep.equal(['queued', 'queued']);
    const closed = await client.close(4000, 'done');

    expect(closed).to.include({ code: 4000, wasClean: true });
    const [seen] = await server.report({ closed: 1 });
    expect(seen?.messages.map(({ text }) => text)).to.deep.equal(['a', 'b']);
    expect(seen?.closed).to.deep.equal({ code: 4000, reason: 'done' });
  },

  'a sender that does not wait is held by the bounds of its outbox': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const outbox = { maxBytes: 2 ** 18 };
    const client = connect(server.url, { highWaterMark: 2 ** 18, outbox });
    const recording = bench.watch(client);
    await recording.reach('open');
    const message = new Uint8Array(2 ** 14);
    const answers: string[] = [];
    const error = thrownBy(() => {
      for (;;) answers.push(client.send(message));
    });

    expect(error.code).to.equal('queue-full');
    expect(new Set(answers)).to.deep.equal(new Set(['sent', 'queued']));
    expect(client.bufferedBytes).to.be.at.most(2 ** 19 + 2 ** 14);
    await client.drained();
    expect(client.bufferedBytes).to.be.below(2 ** 18);
    const [seen] = await server.report({ messages: answers.length });
    expect(seen?.messages).to.have.length(answers.length);
  },

  'a sender that waits for drained() gets everything through': async (bench) => {
    const server = await bench.server({ mode: 'collect' });
    const client = connect(server.url, { highWaterMark: 2 ** 16, outbox: { maxBytes: 2 ** 16 } });
    bench.watch(client);
    for (let i = 0; i < 200; i++) {
      client.send(`${i}:`.padEnd(2 ** 14, 'x'));
      await client.drained();
    }
    const [seen] = await server.report({ messages: 200 });
    expect(seen?.messages).to.have.length(200);
  },

  'uncertain counts all that the peer has not proved to have read': async (bench) => {
    const server = await bench.server({ stallable: true, probe });
    const client = connect(server.url, { heartbeat: probing, reconnect: quickly });
    const recording = bench.watch(client);
    await recording.reach('open');
    client.send('read');
    await recording.messages(1);
    // A question that was asked after it, and answered.
    await client.ping();
    await client.ping();
    await server.stall();
    for (const text of ['one', 'two', 'three']) client.send(text);
    const { uncertain } = await recording.reach('disconnected');
    expect(uncertain).to.deep.equal({ messages: 3, bytes: 11 });
  },
});
