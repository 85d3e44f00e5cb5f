import { expect } from 'chai';
import { connect } from 'holdfast';
import { type Bench, behaviour } from './bench/scenario.ts';

/** Both sides agree on a sub-protocol, or there is no connection. */
export const subProtocol = behaviour('sub-protocol', {
  'one of several is agreed': async (bench) => {
    const server = await bench.server({ protocol: 'chat.v2' });
    const client = connect(server.url, { protocols: ['chat.v1', 'chat.v2'] });
    const opened = await bench.watch(client).reach('open');

    expect(opened.protocol).to.equal('chat.v2');
    expect(client.protocol).to.equal('chat.v2');
    const [seen] = await server.report({ handshakes: 1 });
    expect(seen?.headers['sec-websocket-protocol']).to.match(/^chat\.v1, ?chat\.v2$/);
  },

  'a single one needs no list': async (bench) => {
    const server = await bench.server({ protocol: 'chat' });
    const client = connect(server.url, { protocols: 'chat' });
    expect((await bench.watch(client).reach('open')).protocol).to.equal('chat');
  },

  'none is offered and none is agreed': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const opened = await bench.watch(client).reach('open');

    expect(opened.protocol).to.equal('');
    expect(client.protocol).to.equal('');
    const [seen] = await server.report({ handshakes: 1 });
    expect(seen?.headers).not.to.have.property('sec-websocket-protocol');
  },

  'a server that answers none of the offered is refused': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { protocols: ['chat'], reconnect: false }));

    const { error } = await recording.reach('disconnected');
    expect(error?.code).to.be.oneOf(refusals(bench));
    await recording.reach('closed');
    expect(recording.of('open')).to.have.length(0);
  },

  'a server that answers one nobody offered is refused': async (bench) => {
    const server = await bench.server({ protocol: 'other' });
    const recording = bench.watch(connect(server.url, { protocols: ['chat'], reconnect: false }));

    const { error } = await recording.reach('disconnected');
    expect(error?.code).to.be.oneOf(refusals(bench));
    if (bench.platform.kind === 'node') expect(error?.message).to.contain('other');
    await recording.reach('closed');
    expect(recording.of('open')).to.have.length(0);
  },

  'a function is asked before each dial': async (bench) => {
    const server = await bench.server({ protocol: 'chat' });
    let asked = 0;
    const protocols = async () => {
      asked += 1;
      return ['chat', `token.${asked}`];
    };
    const recording = bench.watch(connect(server.url, { protocols, reconnect: { minDelayMs: 10, maxDelayMs: 50 } }));
    await recording.reach('open');
    await server.closeClients(1001);
    await recording.reach('open', 2);

    const [first, second] = await server.report({ handshakes: 2 });
    expect(first?.headers['sec-websocket-protocol']).to.match(/token\.1$/);
    expect(second?.headers['sec-websocket-protocol']).to.match(/token\.2$/);
  },
});

/** Browsers that check the answer themselves do not say what was wrong with it. */
function refusals({ platform }: Bench): string[] {
  return platform.kind === 'node' ? ['handshake-protocol'] : ['dial-failed', 'handshake-protocol'];
}
