import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

/** A URL may be text, a URL, or a function that is asked before each dial. */
export const urlSource = behaviour('where to connect', {
  'a URL object with a path and a query': async (bench) => {
    const server = await bench.server();
    const url = new URL('/room/7?token=a%20b', server.url);
    const client = connect(url);
    await bench.watch(client).reach('open');
    expect(client.url).to.equal(url.href);
    expect((await server.report({ handshakes: 1 }))[0]?.url).to.equal('/room/7?token=a%20b');
  },

  'a relative URL goes by the page, and is refused where there is none': async (bench) => {
    if (bench.platform.kind === 'node') {
      const error = thrownBy(() => connect('/live'));
      expect(error.code).to.equal('invalid-url');
      expect(error.message).to.contain('/live');
    } else {
      const recording = bench.watch(connect('/live', { reconnect: false }));
      expect((await recording.reach('connecting')).url).to.equal(`ws://${location.host}/live`);
    }
  },

  'a function is asked before each dial': async (bench) => {
    const server = await bench.server();
    let asked = 0;
    const url = async () => {
      asked += 1;
      return `${server.url}/?token=${asked}`;
    };
    const recording = bench.watch(connect(url, { reconnect: quickly }));
    await recording.reach('open');
    await server.closeClients(1001);
    await recording.reach('open', 2);
    const seen = await server.report({ handshakes: 2 });
    expect(seen.map((connection) => connection.url)).to.deep.equal(['/?token=1', '/?token=2']);
  },

  'a function that fails is a failed dial': async (bench) => {
    const server = await bench.server();
    const fault = new Error('no token today');
    let asked = 0;
    const url = async () => {
      asked += 1;
      if (asked === 1) throw fault;
      return server.url;
    };
    const recording = bench.watch(connect(url, { reconnect: quickly }));
    const { error, willReconnect } = await recording.reach('disconnected');
    expect(error?.code).to.equal('dial-failed');
    expect(error?.cause).to.equal(fault);
    expect(willReconnect).to.equal(true);
    await recording.reach('open');
  },

  'each handshake has a key of its own': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { reconnect: quickly }));
    await recording.reach('open');
    await server.closeClients(1001);
    await recording.reach('open', 2);

    const seen = await server.report({ handshakes: 2 });
    const keys = seen.map((connection) => String(connection.headers['sec-websocket-key']));
    keys.forEach((key) => expect(atob(key)).to.have.length(16));
    expect(keys[0]).not.to.equal(keys[1]);
    expect(seen[0]?.headers).to.include({ 'sec-websocket-version': '13', host: new URL(server.url).host });
  },
});
