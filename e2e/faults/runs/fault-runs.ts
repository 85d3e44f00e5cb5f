import { type Bench, type BenchOptions, holdAnswer, quick, range, withBench } from '../bench.ts';
import type { Engine } from '../engines/engine.ts';
import { type Report, reportOf } from '../report.ts';

/** A fault of the line between holdfast and a server, and what must come of it. */
export interface FaultRun {
  /** The name of the fault, and what comes of it. */
  readonly fault: string;
  readonly outcome: string;
  readonly run: (engine: Engine, fault: string) => Promise<Report>;
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
    fault: 'split in single bytes',
    outcome: 'every message arrives, in order, both ways',
    expected: noLoss,
    run: echoed({ server: 'holdfast', onLine: (line) => line.split([1]) }, 40),
  },
  {
    fault: 'split in odd sizes',
    outcome: 'every message arrives, in order, both ways',
    expected: noLoss,
    run: echoed({ server: 'ws', onLine: (line) => line.split([1, 2, 3, 5, 7, 110]) }, longBytes),
  },
  {
    fault: 'delay',
    outcome: 'the line is left alone, and every message arrives',
    expected: noLoss,
    run: echoed({ server: 'ws', onLine: (line) => line.delay(50) }, longBytes),
  },
  {
    fault: 'cut after some bytes of the fourth message',
    outcome: 'the three before it arrive, and no half one',
    expected: { sent: 10, delivered: 3, lost: 7, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'ws' }, async ({ line, client }) => {
      // A masked frame of this length has a header of 8 bytes.
      line.cutAfter(3 * (longBytes + 8) + 500, 'toServer');
      await client.send(numbers, longBytes);
    }),
  },
  {
    fault: 'reset when all was sent',
    outcome: 'nothing is lost in silence',
    expected: { sent: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'holdfast' }, async ({ line, client }) => {
      await client.send(numbers, longBytes);
      line.reset();
    }),
  },
  {
    fault: 'stall',
    outcome: 'it is found by the heartbeat alone',
    expected: { sent: 10, delivered: 0, lost: 10, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'ws', heartbeat: quick }, async ({ line, client }) => {
      line.stall();
      await client.send(numbers);
    }),
  },
  {
    fault: 'one-way stall towards the server',
    outcome: 'it is found by the heartbeat',
    expected: { sent: 10, delivered: 0, lost: 10, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'holdfast', heartbeat: quick }, async ({ line, client }) => {
      line.stall('toServer');
      await client.send(numbers);
    }),
  },
  {
    fault: 'one-way stall towards the client',
    outcome: 'it is found; what was sent is there, and told uncertain all the same',
    expected: { ...allThere, uncertain: 10, isBack: true },
    run: overLost({ server: 'holdfast', heartbeat: quick }, async ({ line, client, server }) => {
      line.stall('toClient');
      await client.send(numbers);
      await server.until(numbers);
    }),
  },
  {
    fault: 'stall towards the server behind a question, whose answer is late',
    outcome: 'the answer proves nothing of what was sent after the question',
    expected: { sent: 10, delivered: 0, lost: 10, uncertain: 10, doubled: 0, outOfOrder: 0, isBack: true },
    run: overLost({ server: 'ws' }, async (bench) => {
      await holdAnswer(bench);
      bench.line.stall('toServer');
      await bench.client.send(numbers);
      const { answers } = await bench.client.until({});
      bench.line.unblock('toClient');
      await bench.client.until({ answers: answers + 1 });
      bench.line.drop();
    }),
  },
  {
    fault: 'refused while it is down',
    outcome: 'what is sent then waits, and arrives once',
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
  return (engine, fault) =>
    withBench(engine, options, async ({ client, server }) => {
      await client.send(numbers, length);
      await server.until(numbers);
      server.send(server.received, length);
      const account = await client.until({ messages: numbers.length });
      return reportOf(about(engine, fault), numbers, account.received, account);
    });
}

/** The line is lost meanwhile; when the client is back and what it sends then is there, nothing else can come. */
function overLost(options: BenchOptions, act: (bench: Bench) => Promise<void>): FaultRun['run'] {
  return (engine, fault) =>
    withBench(engine, options, async (bench) => {
      await act(bench);
      await bench.client.until({ opens: 2 });
      await bench.client.send(later);
      await bench.server.until(later);
      const arrived = bench.server.received.filter((number) => number <= numbers.length);
      return reportOf(about(engine, fault), numbers, arrived, await bench.client.until({}));
    });
}

const about = ({ name }: Engine, run: string) => ({ run, client: 'holdfast', engine: name });
