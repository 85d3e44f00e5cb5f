import { streamTransport } from '@holdfast/web';
import { expect } from 'chai';
import { connect } from 'holdfast';
import { patternedBytes } from './bench/hash.ts';
import { probe, probing, quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

/** Links over WebSocketStream do all that others do; a browser without it has the native WebSocket here too. */
export const webSocketStream = behaviour(
  'WebSocketStream',
  {
    'text and binary come back as they were, and the close frame with its code': async (bench) => {
      const server = await bench.server({ protocol: 'chat' });
      const web = { transport: streamTransport() };
      const client = connect(server.url, { web, protocols: ['chat'] });
      const recording = bench.watch(client);
      expect((await recording.reach('open')).protocol).to.equal('chat');
      for (const message of ['héllo', '', new Uint8Array(), patternedBytes(100_000)]) client.send(message);
      expect(await recording.messages(4)).to.deep.equal(['héllo', '', new Uint8Array(), patternedBytes(100_000)]);
      expect(await client.close(4000, 'bye')).to.include({ code: 4000, reason: 'bye', wasClean: true });
      expect((await server.report({ closed: 1 }))[0]?.closed).to.deep.equal({ code: 4000, reason: 'bye' });
    },

    'a close frame of the server and a cut line are told, and the client comes back': async (bench) => {
      const server = await bench.server();
      const web = { transport: streamTransport() };
      const recording = bench.watch(connect(server.url, { web, reconnect: quickly }));
      await recording.reach('open');
      await server.closeClients(4001, 'again');
      expect(await recording.reach('disconnected')).to.include({ code: 4001, reason: 'again', wasClean: true });
      await recording.reach('open', 2);
      await server.kill();
      expect((await recording.reach('disconnected', 2)).error?.code).to.equal('connection-lost');
      await server.startAgain();
      await recording.reach('open', 3);
    },

    'a dial that fails is told': async (bench) => {
      const server = await bench.server({ refuse: { status: 403 }, http: { status: 403, isReadable: true } });
      const web = { transport: streamTransport() };
      const plain = bench.watch(connect(server.url, { web, reconnect: false }));
      expect((await plain.reach('closed')).error?.code).to.equal('dial-failed');
      const diagnose = server.url.replace(/^ws/, 'http');
      const asking = bench.watch(connect(server.url, { web: { transport: streamTransport(), diagnose } }));
      expect((await asking.reach('closed')).error?.status).to.equal(403);
    },

    'a silent line is found': async (bench) => {
      const server = await bench.server({ stallable: true, probe });
      const web = { transport: streamTransport() };
      const recording = bench.watch(connect(server.url, { web, heartbeat: probing, reconnect: quickly }));
      await recording.reach('latency');
      await server.stall();
      expect((await recording.reach('disconnected')).error?.code).to.equal('heartbeat-timeout');
      await recording.reach('open', 2);
    },

    'a message over the limit ends the line': async (bench) => {
      const server = await bench.server();
      const web = { transport: streamTransport() };
      const client = connect(server.url, { web, maxMessageBytes: 10, reconnect: false });
      const recording = bench.watch(client);
      await recording.reach('open');
      client.send('01234567890');
      expect((await recording.reach('closed')).error?.code).to.equal('message-too-large');
    },

    'a slow reader holds the server back, where the browser has it': async (bench) => {
      const server = await bench.server();
      const transport = streamTransport();
      const client = connect(server.url, { web: { transport }, maxUnreadBytes: transport ? 2 ** 21 : 2 ** 26 });
      bench.watch(client);
      const messages = client[Symbol.asyncIterator]();
      const count = 64;
      for (let i = 0; i < count; i++) client.send(`${i}:`.padEnd(2 ** 18, 'x'));
      // It begins to read when all has arrived at the server, and come back as far as it goes.
      await server.report({ messages: count });
      const read: string[] = [];
      while (read.length < count) read.push(String((await messages.next()).value).split(':')[0] ?? '');
      expect(read).to.deep.equal(Array.from({ length: count }, (_, index) => String(index)));
    },
  },
  'web',
);
