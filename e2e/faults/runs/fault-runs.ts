import { type Bench, type BenchOptions, quick, range, withBench } from '../bench.ts';
import type { Engine } from '../engines/engine.ts';
import { type Report, reportOf } from '../report.ts';

/** A fault of the line between holdfast and a server, and what must come of it. */
export interface FaultRun {
  readonly name: string;
  readonly run: (engine: Engine) => Promise<Report>;
  readonly expected: Partial<Report>;
}

/** Long enough that a message does not fit a piece of any size that is used here. */
const longBytes = 1000;
const numbers = range(1, 10);
const later = range(11, 13);

const allThere = { sent: 10, delivered: 10, lost: 0, doubled: 0, outOfOrder: 0 } as const;
const noLoss = { ...allThere, uncertain: undefined, isBack: false } as const;

/** Each fault, towards `ws` and towards our own server in turn. */
export const faultRuns: readonly FaultRun[] = [
  {
    name: 'split in single bytes: every message arrives, in order, both ways',
    expected: noLoss,
    run: echoed({ server: 'holdfast', onLine: (line) => line.split([1]) }, 40),
  },
  {
    name: 'split in odd sizes: every message arrives, in order, both ways',
    expected: noLoss,
    run: echoed({ server: 'ws', onLine: (line) => line.split([1, 2, 3, 5, 7, 110]) }, longBytes),
  },
  {
    name: 'delay: the line is left alone, and every message arrives',
    expected: noLoss,
    run: echoed({ server: 'ws', onLine: (line) => line.delay(50) }, longBytes),
  },
  {
    name: 'cut after some bytes of the fourth message: the three before it arrive, and no half one',
    expected: { sent: 10, delivered: 3, lost: 7, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'ws' }, async ({ line, client }) => {
      // A masked frame of this length has a header of 8 bytes.
      line.cutAfter(3 * (longBytes + 8) + 500, 'toServer');
      await client.send(numbers, longBytes);
    }),
  },
  {
    name: 'reset when all was sent: nothing is lost in silence',
    expected: { sent: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'holdfast' }, async ({ line, client }) => {
      await client.send(numbers, longBytes);
      line.reset();
    }),
  },
  {
    name: 'stall: it is found by the heartbeat alone',
    expected: { sent: 10, delivered: 0, lost: 10, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'ws', heartbeat: quick }, async ({ line, client }) => {
      line.stall();
      await client.send(numbers);
    }),
  },
  {
    name: 'one-way stall towards the server: it is found by the heartbeat',
    expected: { sent: 10, delivered: 0, lost: 10, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'holdfast', heartbeat: quick }, async ({ line, client }) => {
      line.stall('toServer');
      await client.send(numbers);
    }),
  },
  {
    name: 'one-way stall towards the client: it is found; what was sent is there, and told uncertain all the same',
    expected: { ...allThere, uncertain: 10, isBack: true },
    run: overLost({ server: 'holdfast', heartbeat: quick }, async ({ line, client, server }) => {
      line.stall('toClient');
      await client.send(numbers);
      await server.until(numbers);
    }),
  },
  {
    name: 'refused while it is down: what is sent then waits, and arrives once',
    expected: { ...allThere, isBack: true },
    run: overLost({ server: 'ws' }, async ({ proxy, line, client }) => {
      proxy.refuse();
      line.drop();
      // The line, and two dials after it.
      await client.until({ ends: 3 });
      await client.send(numbers);
      await proxy.accept();
    }),
  },
];

/** All is sent and heard there, and comes back: the count is that of both ways, one after the other. */
function echoed(options: BenchOptions, length: number): FaultRun['run'] {
  return (engine) =>
    withBench(engine, options, async ({ client, server }) => {
      await client.send(numbers, length);
      await server.until(numbers);
      server.send(server.received, length);
      const account = await client.until({ messages: numbers.length });
      return reportOf(about(engine), numbers, account.received, account);
    });
}

/** The line is lost meanwhile; when the client is back and what it sends then is there, nothing else can come. */
function overLost(options: BenchOptions, act: (bench: Bench) => Promise<void>): FaultRun['run'] {
  return (engine) =>
    withBench(engine, options, async (bench) => {
      await act(bench);
      await bench.client.until({ opens: 2 });
      await bench.client.send(later);
      await bench.server.until(later);
      const arrived = bench.server.received.filter((number) => number <= numbers.length);
      return reportOf(about(engine), numbers, arrived, await bench.client.until({}));
    });
}

const about = (engine: Engine) => ({ run: 'fault', client: 'holdfast', engine: engine.name });
