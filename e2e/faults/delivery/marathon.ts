import { heldBytes } from '../../fuzz/engine/memory.ts';
import { Random } from '../../fuzz/engine/random.ts';
import { type Counts, count } from '../count.ts';
import { startFaultProxy } from '../line/fault-proxy.ts';
import { range } from '../bench.ts';
import { startClientEnd, startServerEnd } from './ends.ts';
import { lineFaults } from './line-faults.ts';

/** How a marathon is run. */
export interface MarathonOptions {
  /** How many messages go each way. */
  readonly messages: number;
  /** How many faults the lines have meanwhile. */
  readonly faults: number;
  /** The length of each message, in bytes. */
  readonly length: number;
  readonly seed: string;
}

/** What became of all. */
export interface Marathon {
  readonly toServer: Counts;
  readonly toClient: Counts;
  readonly lines: number;
  /** How often the server had forgotten the session, after the first time. */
  readonly forgotten: number;
  readonly dropped: number;
  /** The most bytes that have waited at an end. */
  readonly mostBuffered: number;
  /** By how much the memory in use has grown between the first quarter and the last, in bytes. */
  readonly grownBytes: number;
  readonly faults: Readonly<Record<string, number>>;
}

/**
 * Messages both ways as fast as they are taken, while one fault after the other happens to the line, each to one that had
 * none. Ends when all have arrived.
 */
export async function runMarathon({ messages, faults, length, seed }: MarathonOptions): Promise<Marathon> {
  const random = new Random(seed);
  const server = await startServerEnd();
  const proxy = await startFaultProxy(server.port);
  const client = await startClientEnd(proxy.port);
  const happened: Record<string, number> = {};
  const live: number[] = [];
  try {
    let lines = 1;
    for (let nth = 0; nth <= faults; nth++) {
      const line = await proxy.line(lines);
      if (nth > 0) {
        const { name, ends = 1, happen } = random.pick(lineFaults);
        happened[name] = (happened[name] ?? 0) + 1;
        lines += ends;
        await happen(line, proxy, random);
      }
      // Each fault has messages of its own, both ways, and those that are still on their way.
      const [first, last] = [nth, nth + 1].map((part) => Math.floor((messages * part) / (faults + 1))) as [
        number,
        number,
      ];
      await Promise.all([client.send(first + 1, last, length), server.send(first + 1, last, length)]);
      if (nth % Math.ceil(faults / 8) === 0) live.push(heldBytes());
    }
    await Promise.all([server.until(messages), client.until(messages)]);
    return {
      toServer: count(range(1, messages), server.received),
      toClient: count(range(1, messages), client.received),
      lines: proxy.lines.length,
      forgotten: client
        .resumed()
        .slice(1)
        .filter((resumed) => !resumed).length,
      dropped: client.dropped() + server.dropped(),
      mostBuffered: Math.max(client.mostBuffered(), server.mostBuffered()),
      grownBytes: Math.max(...live.slice(-2)) - Math.min(...live.slice(0, 2)),
      faults: happened,
    };
  } finally {
    await proxy.close();
    await server.close();
    await client.close();
  }
}

/** A marathon as one line. */
export function formatMarathon({ toServer, toClient, lines, mostBuffered, grownBytes, faults }: Marathon): string {
  const way = ({ delivered, sent, lost, doubled, outOfOrder }: Counts) =>
    `${delivered} of ${sent}, ${lost} lost, ${doubled} doubled, ${outOfOrder} out of order`;
  const named = Object.entries(faults).map(([name, times]) => `${name} ${times}`);
  return (
    `to the server ${way(toServer)}; to the client ${way(toClient)}; ${lines} lines; at most ${mostBuffered} bytes waiting; ` +
    `memory grown by ${grownBytes} bytes; ${named.join(', ')}`
  );
}
