import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** A dial that fails is told as an event and throws nothing. */
export const refusedConnection = behaviour('refused connection', {
  'nothing listens': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: false });
    const recording = bench.watch(client);

    const failed = await recording.reach('disconnected');
    expect(failed).to.include({ code: 1006, reason: '', wasClean: false, willReconnect: false });
    expect(failed.error?.code).to.equal(bench.platform.kind === 'node' ? 'connection-refused' : 'dial-failed');
    if (bench.platform.kind === 'node') expect(failed.error?.message).to.contain(new URL(server.url).port);

    const closed = await recording.reach('closed');
    expect(closed).to.include({ code: 1006, wasClean: false, error: failed.error });
    expect(recording.story()).to.equal('connecting disconnected closed');
  },

  'HTTP 401': async (bench) => {
    const refuse = { status: 401, headers: { 'x-reason': 'expired' }, body: 'show your token' };
    const server = await bench.server({ refuse });
    // Node sees the status and gives up by itself; a page only sees that the dial failed.
    const options = bench.platform.kind === 'node' ? {} : { reconnect: false as const };
    const recording = bench.watch(connect(server.url, options));

    const { error, willReconnect } = await recording.reach('disconnected');
    expect(willReconnect).to.equal(false);
    if (bench.platform.kind === 'node') {
      expect(error?.code).to.equal('http-status');
      expect(error?.status).to.equal(401);
      expect(error?.headers?.['x-reason']).to.equal('expired');
      expect(error?.body).to.equal('show your token');
    } else {
      expect(error?.code).to.equal('dial-failed');
    }
    await recording.reach('closed');
    expect(await server.report({ handshakes: 1 })).to.have.length(1);
  },

  'HTTP 503 is dialed again': async (bench) => {
    const server = await bench.server({ refuse: { status: 503 } });
    const recording = bench.watch(connect(server.url, { reconnect: quickly }));

    const { willReconnect } = await recording.reach('disconnected');
    expect(willReconnect).to.equal(true);
    await server.report({ handshakes: 2 });
  },
});
