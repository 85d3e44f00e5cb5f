import { expect } from 'chai';
import { type Client, connect, type ConnectOptions } from 'holdfast';
import { createRpc, isCallError, isRpcMessage, serveRpc } from 'holdfast/rpc';
import { clientApi, serverApi } from '../servers/call-api.ts';
import { quickly } from './bench/options.ts';
import { behaviour, type Bench } from './bench/scenario.ts';
import { rejectionOf } from './bench/thrown.ts';

/** A client of a server that answers calls. */
async function start(bench: Bench, options: ConnectOptions = {}) {
  const server = await bench.server({ mode: 'calls' });
  const client: Client = connect(server.url, { reconnect: quickly, ...options });
  return { server, client, recording: bench.watch(client), rpc: createRpc(client, serverApi) };
}

/** Calls and answers, with a server of ours. */
export const calls = behaviour('calls', {
  'many at once, from before the line is open, each get their own answer': async (bench) => {
    const { rpc } = await start(bench);
    const sums = await Promise.all(Array.from({ length: 100 }, (_, a) => rpc.call('add', { a, b: 1 })));
    expect(sums).to.deep.equal(Array.from({ length: 100 }, (_, a) => a + 1));
  },

  'a declared error has its name and data, any other nothing but its name': async (bench) => {
    const { rpc, recording } = await start(bench);
    const missing = await rejectionOf(rpc.call('find', 'ada'));
    expect(isCallError(missing, serverApi.find, 'not-found') && missing.data).to.deep.equal({ id: 'ada' });
    const internal = await rejectionOf(rpc.call('fail'));
    expect(isCallError(internal, serverApi.fail, 'internal')).to.equal(true);
    expect(JSON.stringify(recording.of('message'))).not.to.include('1234');
  },

  'who gives up, by a time limit or a signal, ends the work at the server': async (bench) => {
    const { rpc } = await start(bench);
    // By its answer, all that was sent before it is at work.
    const beAtWork = () => rpc.call('add', { a: 1, b: 1 });
    await beAtWork();
    expect(await rejectionOf(rpc.call('wait', undefined, { timeoutMs: 50 }))).to.include({ code: 'rpc-timeout' });
    const controller = new AbortController();
    const rejection = rejectionOf(rpc.call('wait', undefined, { signal: controller.signal }));
    await beAtWork();
    controller.abort('enough');
    expect(await rejection).to.equal('enough');
    expect(await rpc.call('aborted')).to.equal(2);
  },

  'a stream is read to its end, or left, and its producer waits for its reader': async (bench) => {
    const { rpc } = await start(bench);
    const read: number[] = [];
    for await (const n of rpc.stream('count', { to: 500 })) read.push(n);
    expect(read).to.deep.equal(Array.from({ length: 500 }, (_, index) => index + 1));
    for await (const n of rpc.stream('count', { to: 1e9 }, { maxUnread: 4 })) if (n === 10) break;
    expect(await rpc.call('aborted')).to.equal(1);
    expect(await rpc.call('made')).to.be.within(10, 20);
  },

  'the server calls the client over the same line, beside messages of the app': async (bench) => {
    const { client, rpc } = await start(bench);
    const plain: unknown[] = [];
    client.on('message', ({ data }) => void (isRpcMessage(data) || plain.push(data)));
    serveRpc(client, clientApi, { name: () => 'ada' });
    client.send('a message of the app');
    expect(await rpc.call('greet')).to.equal('hello ada');
    expect(plain).to.deep.equal(['a message of the app']);
  },

  'a lost line rejects what was on its way, but for what may be sent again': async (bench) => {
    const { server, rpc, recording } = await start(bench);
    await recording.reach('open');
    const [lost, again] = [rejectionOf(rpc.call('wait')), rpc.call('again')];
    expect(await rpc.call('add', { a: 1, b: 2 })).to.equal(3);
    await server.kill();
    expect(await lost).to.include({ code: 'connection-lost' });
    await server.startAgain();
    expect(await again).to.equal(2);
    expect(await rpc.call('aborted')).to.equal(2);
  },

  'who closes the client rejects its calls': async (bench) => {
    const { client, rpc, recording } = await start(bench);
    await recording.reach('open');
    const rejection = rejectionOf(rpc.call('wait'));
    await client.close();
    expect(await rejection).to.include({ code: 'client-closed' });
  },
});
