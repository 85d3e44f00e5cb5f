import { expect } from 'chai';
import { connect } from 'holdfast';
import { countListeners } from './bench/listener-count.ts';
import { probe, probing, quickly } from './bench/options.ts';
import { type Bench, behaviour } from './bench/scenario.ts';
import { goOffline } from './coming-back.ts';

const patiently = { minDelayMs: 60_000, maxDelayMs: 60_000 };
const signals = ['online', 'pageshow', 'visibilitychange', 'resume'];

/** What a page learns of the network and of its reader ends a wait, and never a line that lives. */
export const pageSignals = behaviour(
  'page signals',
  {
    ...Object.fromEntries(
      signals.map((signal) => [
        `"${signal}" ends the wait`,
        async (bench: Bench) => {
          const server = await bench.server();
          await server.kill();
          const recording = bench.watch(connect(server.url, { reconnect: patiently }));
          await recording.reach('waiting');
          await server.startAgain();
          tell(signal);
          await recording.reach('open');
        },
      ]),
    ),

    'an open line that cannot be asked is left alone': async (bench) => {
      const server = await bench.server();
      const client = connect(server.url, { heartbeat: { timeoutMs: 50 } });
      const recording = bench.watch(client);
      // The second line has a heartbeat as short, which beats past the time in which the first would be given up.
      const clock = bench.watch(connect((await bench.server({ probe })).url, { heartbeat: probing }));
      await recording.reach('open');
      signals.forEach(tell);
      await clock.reach('latency', 4);
      expect(recording.story()).to.equal('connecting open');
      client.send('still here');
      expect(await recording.messages(1)).to.deep.equal(['still here']);
    },

    'an open line is asked at once': async (bench) => {
      const server = await bench.server({ probe });
      const recording = bench.watch(connect(server.url, { heartbeat: { ...probing, intervalMs: 60_000 } }));
      await recording.reach('open');
      tell('visibilitychange');
      await recording.reach('latency');
    },

    'without a network nothing is dialed, until it is there again': async (bench) => {
      const server = await bench.server();
      await server.kill();
      const recording = bench.watch(connect(server.url, { reconnect: quickly }));
      // The same, as a clock: it dials on.
      const clock = bench.watch(connect((await bench.server({ refuse: { status: 503 } })).url, { reconnect: quickly }));
      await recording.reach('waiting');
      const restore = goOffline();
      try {
        const { length } = recording.of('connecting');
        clock.client.reconnect();
        await server.startAgain();
        tell('offline');
        expect(recording.of('connecting')).to.have.length(length);
      } finally {
        restore();
      }
      tell('online');
      await recording.reach('open');
    },

    'a page that goes into the cache of pages lets go of its line, and is back when it comes out': async (bench) => {
      const server = await bench.server();
      const client = connect(server.url, { reconnect: patiently });
      const recording = bench.watch(client);
      await recording.reach('open');
      globalThis.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      expect((await recording.reach('disconnected')).error?.code).to.equal('at-rest');
      expect(client.state.name).to.equal('waiting');
      globalThis.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await recording.reach('open', 2);
      expect(recording.story()).to.equal('connecting open disconnected waiting connecting open');
    },

    'a closed client hears none of them': async (bench) => {
      const server = await bench.server();
      const listeners = countListeners(globalThis);
      try {
        const client = connect(server.url);
        await bench.watch(client).reach('open');
        expect(listeners.count()).to.be.at.least(signals.length);
        await client.close();
        expect(listeners.count()).to.equal(0);
      } finally {
        listeners.release();
      }
    },
  },
  'web',
);

function tell(signal: string): void {
  const target = /visibilitychange|resume/.test(signal) ? document : globalThis;
  target.dispatchEvent(new Event(signal, { bubbles: true }));
}
