import { expect } from 'chai';
import { connect } from 'holdfast';
import { countListeners } from './bench/listener-count.ts';
import type { Recording } from './bench/recording.ts';
import { behaviour } from './bench/scenario.ts';

/** An AbortSignal ends a client in whatever state it is. */
export const abort = behaviour('abort', {
  'before connect: nothing is dialed': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { signal: AbortSignal.abort() }));
    await endsAborted(recording);
    expect(recording.of('connecting')).to.have.length(0);
    expect(await server.report()).to.have.length(0);
  },

  'during the dial': async (bench) => {
    const server = await bench.server({ mute: true });
    const controller = new AbortController();
    const recording = bench.watch(connect(server.url, { signal: controller.signal }));
    await server.report({ handshakes: 1 });
    controller.abort();
    await endsAborted(recording);
    expect(recording.of('open')).to.have.length(0);
  },

  'while it is open': async (bench) => {
    const server = await bench.server();
    const controller = new AbortController();
    const recording = bench.watch(connect(server.url, { signal: controller.signal }));
    await recording.reach('open');
    controller.abort();
    await endsAborted(recording);
    await server.report({ closed: 1 });
  },

  'while it waits to dial again': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const controller = new AbortController();
    const reconnect = { minDelayMs: 60_000, maxDelayMs: 60_000 };
    const recording = bench.watch(connect(server.url, { signal: controller.signal, reconnect }));
    await recording.reach('waiting');
    controller.abort();
    await endsAborted(recording);
    expect(recording.of('connecting')).to.have.length(1);
  },

  'with messages in the queue: they are told as dropped': async (bench) => {
    const server = await bench.server({ mute: true });
    const controller = new AbortController();
    const client = connect(server.url, { signal: controller.signal });
    const recording = bench.watch(client);
    client.send('never');
    await server.report({ handshakes: 1 });
    controller.abort();
    await endsAborted(recording);
    expect(recording.of('dropped')).to.deep.equal([{ type: 'dropped', message: 'never', cause: 'closed' }]);
  },

  'after the end: nothing more happens': async (bench) => {
    const server = await bench.server();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const client = connect(server.url, { signal: controller.signal });
    const recording = bench.watch(client);
    await recording.reach('open');
    expect(listeners.count()).to.be.at.least(1);
    await client.close();
    expect(listeners.count(), 'listeners of the signal after the end').to.equal(0);
    controller.abort();
    expect(recording.of('closed')).to.have.length(1);
    expect(recording.of('closed')[0]?.error).to.equal(undefined);
  },
});

async function endsAborted(recording: Recording): Promise<void> {
  const closed = await recording.reach('closed');
  expect(closed.error?.code).to.equal('aborted');
  expect(closed.wasClean).to.equal(false);
}
