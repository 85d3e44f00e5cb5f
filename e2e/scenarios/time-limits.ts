import { expect } from 'chai';
import { connect } from 'holdfast';
import { behaviour } from './bench/scenario.ts';

/** Every wait has a limit (DESIGN, rule 6). */
export const timeLimits = behaviour('time limits', {
  'a handshake that is never answered': async (bench) => {
    const server = await bench.server({ mute: true });
    const recording = bench.watch(connect(server.url, { connectTimeoutMs: 100, reconnect: false }));
    const { error } = await recording.reach('disconnected');
    expect(error?.code).to.equal('connect-timeout');
    expect(error?.message).to.contain('100');
    await recording.reach('closed');
  },

  'a close that is never answered': async (bench) => {
    const server = await bench.server({ stallable: true });
    const client = connect(server.url, { closeTimeoutMs: 100, heartbeat: false });
    await bench.watch(client).reach('open');
    await server.stall();
    const closed = await client.close(4000, 'is anybody there?');
    expect(closed).to.include({ code: 1006, wasClean: false });
    expect(closed.error?.code).to.equal('close-timeout');
    expect(closed.error?.message).to.contain('100');
  },

  'a sub-protocol function that never answers': async (bench) => {
    const server = await bench.server();
    const protocols = () => new Promise<string[]>(() => {});
    const recording = bench.watch(connect(server.url, { protocols, connectTimeoutMs: 100, reconnect: false }));
    expect((await recording.reach('disconnected')).error?.code).to.equal('connect-timeout');
    expect(await server.report()).to.have.length(0);
  },
});
