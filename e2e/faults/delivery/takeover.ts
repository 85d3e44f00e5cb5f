import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../server/crowd/child.ts';
import { findFreePort } from '../../servers/listen.ts';
import { range } from '../bench.ts';
import { type Counts, count } from '../count.ts';
import { startClientEnd } from './ends.ts';
import { startRedis } from './redis-process.ts';
import type { TakeoverOrder, TakeoverWord } from './takeover-entry.ts';

/** What became of all. */
export interface Takeover {
  readonly toServer: Counts;
  readonly toClient: Counts;
  /** Whether each line, after the first, went on with the session. */
  readonly resumed: readonly boolean[];
  readonly dropped: number;
}

/**
 * Messages both ways, while the server's process is killed so often, each time in the midst of its work, and another goes
 * on with what Redis has. Ends when all have arrived.
 */
export async function runTakeover(
  redisServer: string,
  { messages, kills, length }: { readonly messages: number; readonly kills: number; readonly length: number },
): Promise<Takeover> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-takeover-'));
  const redis = await startRedis(redisServer);
  const order = { port: await findFreePort(), redisPort: redis.port, log: join(folder, 'log'), messages, length };
  let server = await startServer(order);
  const client = await startClientEnd(order.port);
  try {
    for (let nth = 0; nth <= kills; nth++) {
      if (nth > 0) {
        await client.until(Math.floor((messages * nth) / (kills + 1)));
        server.kill();
        server = await startServer(order);
      }
      const [first, last] = [nth, nth + 1].map((part) => Math.floor((messages * part) / (kills + 1))) as [
        number,
        number,
      ];
      await client.send(first + 1, last, length);
    }
    await client.until(messages);
    await client.settled();
    const log = readFileSync(order.log, 'latin1').trimEnd().split('\n').map(Number).slice(0, -1);
    return {
      toServer: count(range(1, messages), log),
      toClient: count(range(1, messages), client.received),
      resumed: client.resumed().slice(1),
      dropped: client.dropped(),
    };
  } finally {
    await client.close();
    server.kill();
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startServer(order: TakeoverOrder): Promise<Child<TakeoverWord>> {
  const child = new Child<TakeoverWord>(new URL('./takeover-entry.ts', import.meta.url), JSON.stringify(order));
  await child.word(({ listening }) => listening);
  return child;
}
