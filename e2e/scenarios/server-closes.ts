import { expect } from 'chai';
import { connect } from 'holdfast';
import { quickly } from './bench/options.ts';
import { type Bench, behaviour } from './bench/scenario.ts';

/** The server's close code and reason reach the app, and say whether the client comes back. */
export const serverCloses = behaviour('the server closes', {
  'with 1000: the client ends': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url));
    await recording.reach('open');
    await server.closeClients(1000, 'bye');

    const end = { code: 1000, reason: 'bye', wasClean: true };
    expect(await recording.reach('disconnected')).to.include({ ...end, willReconnect: false });
    expect(await recording.reach('closed')).to.include(end);
    expect(recording.story()).to.equal('connecting open disconnected closed');
  },

  'with 1001: the client comes back': (bench) => comesBackAfter(bench, 1001, 'going away'),

  'with 4321 and a reason of 123 bytes: the client comes back': (bench) => comesBackAfter(bench, 4321, 'é'.repeat(61)),

  'with an empty close frame: told as 1005': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { reconnect: false }));
    await recording.reach('open');
    await server.closeClients();
    expect(await recording.reach('disconnected')).to.include({ code: 1005, reason: '', wasClean: true });
  },

  'after its last messages: they all arrive before the end': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url));
    await recording.reach('open');
    const texts = Array.from({ length: 50 }, (_, index) => `last words ${index}`);
    await server.send(...texts);
    await server.closeClients(1000);
    await recording.reach('closed');
    expect(recording.of('message').map((event) => event.data)).to.deep.equal(texts);
  },

  'by a graceful stop of the whole server': async (bench) => {
    const server = await bench.server();
    const recording = bench.watch(connect(server.url, { reconnect: false }));
    await recording.reach('open');
    await server.stop('maintenance');
    expect(await recording.reach('disconnected')).to.include({ code: 1001, reason: 'maintenance', wasClean: true });
  },
});

async function comesBackAfter(bench: Bench, code: number, reason: string): Promise<void> {
  const server = await bench.server();
  const client = connect(server.url, { reconnect: quickly });
  const recording = bench.watch(client);
  await recording.reach('open');
  await server.closeClients(code, reason);

  expect(await recording.reach('disconnected')).to.include({ code, reason, wasClean: true, willReconnect: true });
  await recording.reach('open', 2);
  expect(recording.story()).to.equal('connecting open disconnected waiting connecting open');
  client.send('again');
  expect(await recording.messages(1)).to.deep.equal(['again']);
}
