import { type Child, startChild } from '../../child.ts';
import type { ClientOrder } from '../../flow/client-process.ts';
import type { Sample } from '../../plan.ts';
import type { CurvePlan, CurveStage } from '../curve-plan.ts';
import { type Crowd, openClientCrowd, openServerCrowd } from './crowd.ts';
import type { PingedOrder } from './pinged-process.ts';

const series = ['holdfast', 'ws'] as const;
const points = [10, 100, 1_000, 10_000];
const x = 'idle connections';

/** The preset of ours: nobody is pinged while a round runs. */
const calmMs = 30_000;
const messages = 10_000;
const workload = { kind: 'echo', size: 64, isText: false } as const;

/** Messages under way on one connection beside those that are idle. */
export const echoBesideIdle: CurvePlan = {
  name: 'An echo beside idle connections',
  x,
  y: 'µs a message',
  series,
  points,
  async open() {
    const clients = new Map<string, Child>();
    for (const name of series) {
      clients.set(name, await startChild(new URL('../../flow/client-process.ts', import.meta.url), ['bare socket']));
    }
    const crowds = crowdsOf(async (count) => {
      const opened = await openAll(openServerCrowd, count, calmMs);
      for (const [name, { url }] of opened) {
        await clients.get(name)!.ask({ url, workload, lines: 1, window: 16 } satisfies ClientOrder);
      }
      return opened;
    });
    return {
      step: crowds.step,
      async round(name) {
        const { ms } = (await clients.get(name)!.ask({ round: messages } satisfies ClientOrder)) as Sample;
        return (ms * 1e3) / messages;
      },
      async close() {
        await Promise.all([...clients.values()].map((child) => child.end()));
        await crowds.close();
      },
    };
  },
};

/** So many are pinged in a second, however many there are: the more, the longer the interval of each. */
const beatsPerSecond = 4_000;

/** What a server's processor has to do for a ping, and the pong that answers it. */
export const serverBeats: CurvePlan = beatsPlan('A heartbeat of a server', openServerCrowd);
/** The same of the clients' processor. */
export const clientBeats: CurvePlan = beatsPlan('A heartbeat of a client', openClientCrowd);

function beatsPlan(name: string, open: typeof openServerCrowd): CurvePlan {
  return {
    name,
    x,
    y: 'µs of CPU a beat',
    series,
    points,
    async open() {
      const crowds = crowdsOf((count) => openAll(open, count, (count * 1e3) / beatsPerSecond));
      return {
        step: crowds.step,
        async round(by, count) {
          const { pinging, answering } = crowds.of(by);
          const before = (await pinging.ask({})) as { cpuUs: number };
          const pings = Math.max(count, beatsPerSecond);
          await answering.ask({ pings } satisfies PingedOrder);
          const after = (await pinging.ask({})) as { cpuUs: number };
          return (after.cpuUs - before.cpuUs) / pings;
        },
        close: crowds.close,
      };
    },
  };
}

type Crowds = ReadonlyMap<string, Crowd>;

async function openAll(open: typeof openServerCrowd, count: number, intervalMs: number): Promise<Crowds> {
  const opened = new Map<string, Crowd>();
  for (const name of series) opened.set(name, await open(name, count, intervalMs));
  return opened;
}

/** The crowds of the step that is under way. */
function crowdsOf(open: (count: number) => Promise<Crowds>): Omit<CurveStage, 'round'> & { of(name: string): Crowd } {
  let crowds: Crowds = new Map();
  const close = async () => {
    await Promise.all([...crowds.values()].map((crowd) => crowd.close()));
  };
  return {
    async step(count) {
      await close();
      crowds = await open(count);
    },
    of: (name) => crowds.get(name)!,
    close,
  };
}
