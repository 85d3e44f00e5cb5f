import { expect } from 'chai';
import { connect, HoldfastError } from 'holdfast';
import { behaviour } from './bench/scenario.ts';
import { rejectionOf } from './bench/thrown.ts';

/** `once()` is the next event of a type as a promise. */
export const once = behaviour('once()', {
  'resolves with the next event of its type': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    bench.watch(client);
    expect(await client.once('open')).to.include({ type: 'open', attempt: 1 });
    client.send('a');
    expect(await client.once('message')).to.deep.equal({ type: 'message', data: 'a' });
    client.send('b');
    expect(await client.once('message')).to.deep.equal({ type: 'message', data: 'b' });
  },

  'rejects when the client closes first': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    await bench.watch(client).reach('open');
    const rejected = rejectionOf(client.once('message'));
    await client.close();
    const error = await rejected;
    expect(error).to.be.instanceOf(HoldfastError);
    expect((error as HoldfastError).code).to.equal('client-closed');
  },

  'rejects at once when the client is closed already': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    await bench.watch(client).reach('open');
    await client.close();
    expect(((await rejectionOf(client.once('message'))) as HoldfastError).code).to.equal('client-closed');
  },

  'resolves for the end itself': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: false });
    bench.watch(client);
    expect(await client.once('closed')).to.include({ type: 'closed', code: 1006 });
  },

  'rejects when its signal aborts': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    await recording.reach('open');
    const controller = new AbortController();
    const rejected = rejectionOf(client.once('message', { signal: controller.signal }));
    controller.abort();
    expect(await rejected).to.be.instanceOf(Error);
    expect(client.state.name).to.equal('open');
  },
});
