import { workerTimers } from '@holdfast/web';
import { expect } from 'chai';
import { connect } from 'holdfast';
import { probe, probing, quickly } from './bench/options.ts';
import { behaviour } from './bench/scenario.ts';

const patient = { ...probing, intervalMs: 600_000, timeoutMs: 600_000 };

/** A machine that slept finds out at once what became of its lines; the time of day has jumped. */
export const wake = behaviour('waking from sleep', {
  'a dead line is found within two seconds': async (bench) => {
    const server = await bench.server({ stallable: true, probe });
    const recording = bench.watch(connect(server.url, { heartbeat: patient, reconnect: quickly }));
    await recording.reach('open');
    await server.stall();
    const restore = sleepFor(3_600_000);
    try {
      const wokenAtMs = performance.now();
      const { error } = await recording.reach('disconnected');
      expect(error?.code).to.equal('heartbeat-timeout');
      // Half a second to look, 1,400 ms for the answer, and what a busy machine takes on top.
      expect(performance.now() - wokenAtMs).to.be.below(10_000);
      expect(error?.message).to.contain('1400');
      await recording.reach('open', 2);
    } finally {
      restore();
    }
  },

  'a live line is asked, and kept': async (bench) => {
    const server = await bench.server({ probe });
    const client = connect(server.url, { heartbeat: patient });
    const recording = bench.watch(client);
    await recording.reach('open');
    const restore = sleepFor(3_600_000);
    try {
      await recording.reach('latency');
      client.send('still here');
      expect(await recording.messages(1)).to.deep.equal(['still here']);
      expect(recording.story()).to.equal('connecting open message');
    } finally {
      restore();
    }
  },

  'a client that waits does not wait longer': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const patiently = { minDelayMs: 600_000, maxDelayMs: 600_000 };
    const recording = bench.watch(connect(server.url, { reconnect: patiently }));
    await recording.reach('waiting');
    await server.startAgain();
    const restore = sleepFor(3_600_000);
    try {
      await recording.reach('open');
    } finally {
      restore();
    }
  },
});

/** Timers of a worker in the place of the page's, which run late while it is hidden. */
export const timersInWorker = behaviour(
  'timers in a worker',
  {
    'the heartbeat beats, and finds a dead line': async (bench) => {
      const server = await bench.server({ stallable: true, probe });
      const web = { timers: workerTimers() };
      const recording = bench.watch(connect(server.url, { web, heartbeat: probing, reconnect: quickly }));
      await recording.reach('latency', 3);
      await server.stall();
      expect((await recording.reach('disconnected')).error?.code).to.equal('heartbeat-timeout');
      await recording.reach('latency', 4);
    },

    'clients share one, and each closes for itself': async (bench) => {
      const server = await bench.server({ probe });
      const web = { timers: workerTimers() };
      const [first, second] = [1, 2].map(() => connect(server.url, { web, heartbeat: probing }));
      const recording = bench.watch(second!);
      await bench.watch(first!).reach('latency');
      await first!.close();
      const { length } = recording.of('latency');
      await recording.reach('latency', length + 2);
    },
  },
  'web',
);

/** Sets the time of day ahead, as a sleep does, until the answer is called. */
function sleepFor(ms: number): () => void {
  const { now } = Date;
  Date.now = () => now() + ms;
  return () => {
    Date.now = now;
  };
}
