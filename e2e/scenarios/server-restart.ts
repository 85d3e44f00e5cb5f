import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** A server that goes away and comes back finds the client again. */
export const serverRestart = behaviour('the server is killed and started again', {
  'the client passes disconnected, waiting, connecting, open': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: quickly });
    const recording = bench.watch(client);
    await recording.reach('open');
    client.send('before');
    await recording.messages(1);

    await server.kill();
    const lost = await recording.reach('disconnected');
    expect(lost).to.include({ code: 1006, reason: '', wasClean: false, willReconnect: true });
    await recording.reach('disconnected', 2);
    await server.startAgain();
    await recording.reach('open', 2);

    expect(recording.story()).to.match(
      /^connecting open message( disconnected waiting connecting)( disconnected waiting connecting)+ open$/,
    );
    client.send('after');
    expect(await recording.messages(2)).to.deep.equal(['before', 'after']);
  },

  'the attempts are counted': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { reconnect: quickly }));
    const opened = await recording.reach('open');
    await server.kill();
    await recording.reach('disconnected', 4);
    await server.startAgain();
    const again = await recording.reach('open', 2);

    const dials = recording.of('connecting').map((event) => event.attempt);
    expect(again.attempt).to.equal(dials.at(-1));
    expect(opened.attempt).to.equal(dials[0]);
    expect(again.attempt - opened.attempt, 'attempts over the outage').to.be.at.least(3);
    dials.slice(2).forEach((attempt, index) => expect(attempt).to.equal(dials[index + 1]! + 1));
    recording
      .of('waiting')
      .forEach(({ delayMs }) => expect(delayMs).to.be.within(quickly.minDelayMs, quickly.maxDelayMs));
  },

  'after so many failed attempts it ends': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const recording = bench.watch(connect(server.url, { reconnect: { ...quickly, maxAttempts: 3 } }));
    const closed = await recording.reach('closed');

    const failures = recording.of('disconnected');
    expect(failures.map((event) => event.willReconnect)).to.deep.equal([...failures.slice(1).map(() => true), false]);
    expect(recording.of('connecting').map((event) => event.attempt)).to.deep.equal([1, 2, 3]);
    expect(failures).to.have.length(3);
    expect(closed.error).to.equal(failures.at(-1)?.error);
  },

  'unless the app says no': async (bench) => {
    const server = await bench.server();
    const causes: unknown[] = [];
    const shouldReconnect = (cause: unknown) => {
      causes.push(cause);
      return false;
    };
    const recording = bench.watch(connect(server.url, { reconnect: { ...quickly, shouldReconnect } }));
    await recording.reach('open');
    await server.closeClients(1001, 'moved');
    await recording.reach('closed');
    expect(recording.story()).to.equal('connecting open disconnected closed');
    expect(causes).to.have.length(1);
    expect(causes[0]).to.include({ code: 1001, reason: 'moved' });
  },

  'reconnect() does not wait for the delay': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    const recording = bench.watch(client);
    await recording.reach('waiting');
    await server.startAgain();
    client.reconnect();
    await recording.reach('open');
  },
});
