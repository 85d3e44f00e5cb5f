import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** `for await` gives every message once, in order, and ends with the client. */
export const iterate = behaviour('async iteration', {
  'gives all messages in order and ends': async (bench) => {
    const server = await bench.server({ greeting: ['from the handshake'] });
    const client = connect(server.url);
    bench.watch(client);
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    client.once('open').then(
      async () => {
        await server.send(...texts);
        await server.closeClients(1000);
      },
      () => {},
    );

    const received: unknown[] = [];
    for await (const message of client) received.push(message);
    expect(received).to.deep.equal(['from the handshake', ...texts]);
    expect(client.state.name).to.equal('closed');
  },

  'a slow reader misses nothing': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    bench.watch(client);
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(10_000));
    client.once('open').then(
      async () => {
        await server.send(...texts);
        await server.closeClients(1000);
      },
      () => {},
    );

    const received: unknown[] = [];
    for await (const message of client) {
      received.push(message);
      // A round trip to another process: the messages go on arriving meanwhile.
      await server.report();
    }
    expect(received).to.deep.equal(texts);
  },

  'goes on over a lost line': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url, { reconnect: quickly });
    bench.watch(client);
    const received: unknown[] = [];
    client.send('first');
    for await (const message of client) {
      received.push(message);
      if (message === 'first') {
        await server.closeClients(1001);
        await client.once('open');
        client.send('second');
      } else {
        void client.close();
      }
    }
    expect(received).to.deep.equal(['first', 'second']);
  },

  'of a client that never opens ends as well': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const client = connect(server.url, { reconnect: false });
    bench.watch(client);
    for await (const message of client) expect.fail(`there is a message: ${String(message)}`);
    expect(client.state.name).to.equal('closed');
  },
});
