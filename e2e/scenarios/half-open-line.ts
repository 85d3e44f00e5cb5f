import { expect } from 'chai';
import { connect } from 'holdfast';
import { heartbeatOn, pinging, probe, probing, quickly } from './bench/options.ts';
import { type Bench, behaviour } from './bench/scenario.ts';

/** A line whose peer went silent without a word is found by the heartbeat and replaced. */
export const halfOpenLine = behaviour('half-open line', {
  'the heartbeat finds it and the client comes back': (bench) => isFoundBy(heartbeatOn(bench.platform), bench),

  'probes find it on every platform': (bench) => isFoundBy(probing, bench),

  'the client comes back elsewhere': async (bench) => {
    const first = await bench.server({ stallable: true, probe });
    const second = await bench.server({ probe });
    const urls = [first.url, second.url];
    const client = connect(() => urls.shift()!, { heartbeat: heartbeatOn(bench.platform), reconnect: quickly });
    const recording = bench.watch(client);
    await recording.reach('open');
    await first.stall();

    const opened = await recording.reach('open', 2);
    expect(new URL(opened.url).host).to.equal(new URL(second.url).host);
    expect(new URL(client.url).host).to.equal(new URL(second.url).host);
    client.send('here');
    expect((await second.report({ messages: 1 }))[0]?.messages[0]?.text).to.equal('here');
  },

  'what was sent into it is told as uncertain': async (bench) => {
    const server = await bench.server({ stallable: true, probe });
    const client = connect(server.url, { heartbeat: probing, reconnect: quickly });
    const recording = bench.watch(client);
    await recording.reach('latency');
    await server.stall();
    client.send('lost?');

    const { uncertain } = await recording.reach('disconnected');
    expect(uncertain).to.deep.equal({ messages: 1, bytes: 5 });
    await recording.reach('open', 2);
    expect((await server.report())[0]?.messages).to.deep.equal([]);
  },

  'a line that answers is left alone, and its round trip measured': async (bench) => {
    const server = await bench.server({ probe });
    const client = connect(server.url, { heartbeat: heartbeatOn(bench.platform) });
    const recording = bench.watch(client);
    const last = await recording.reach('latency', 10);

    expect(last.rttMs).to.be.within(0, pinging.timeoutMs);
    expect(client.latencyMs).to.be.within(0, pinging.timeoutMs);
    expect(recording.story(), 'probe replies are not for the app').to.equal('connecting open');
    if (bench.platform.kind === 'node') await server.report({ pings: 10 });
  },

  'traffic from the server does not keep the heartbeat from asking': async (bench) => {
    const server = await bench.server({ probe });
    const client = connect(server.url, { heartbeat: heartbeatOn(bench.platform) });
    const recording = bench.watch(client);
    client.on('message', () => {
      if (recording.of('latency').length < 5) client.send('tick');
    });
    await recording.reach('open');
    client.send('tick');
    await recording.reach('latency', 5);
  },

  'ping() answers the round trip': async (bench) => {
    const server = await bench.server({ probe });
    const client = connect(server.url, { heartbeat: { ...probing, intervalMs: 60_000 } });
    await bench.watch(client).reach('open');
    expect(await client.ping()).to.be.within(0, pinging.timeoutMs);
  },
});

async function isFoundBy(heartbeat: typeof pinging | typeof probing, bench: Bench): Promise<void> {
  const server = await bench.server({ stallable: true, probe });
  const client = connect(server.url, { heartbeat, reconnect: quickly });
  const recording = bench.watch(client);
  await recording.reach('latency');
  await server.stall();

  const lost = await recording.reach('disconnected');
  expect(lost).to.include({ code: 1006, wasClean: false, willReconnect: true });
  expect(lost.error?.code).to.equal('heartbeat-timeout');
  expect(lost.error?.message).to.contain(String(heartbeat.timeoutMs));

  await recording.reach('open', 2);
  client.send('over the new line');
  expect(await recording.messages(1)).to.deep.equal(['over the new line']);
}
