import { agreedCodec } from '../feed/agreed-codec.ts';
import { FeedBench } from '../feed/feed-bench.ts';
import { type FeedName, feedNames, feedOf } from '../feed/feeds.ts';
import { type MakeProtocol, makeProtocol } from '../feed/protocol-side.ts';
import { seed, seedName } from '../feed/random.ts';
import { Mismatch } from '../play/mismatch.ts';
import { playRow } from '../play/play-row.ts';
import type { Role, Row } from '../row/row.ts';
import { ClientSide } from '../tcp/client-side.ts';
import { openProtocolPair } from '../tcp/protocol-pair.ts';
import { ServerSide } from '../tcp/server-side.ts';

/** Our client and our server on the loopback, for as many rows as there are. */
export class Sides {
  readonly #client = new ClientSide();
  readonly #server = new ServerSide();

  /** Plays a row over TCP. Throws an error that names the row and what went wrong. */
  async runTcp(row: Row, role: Role): Promise<void> {
    const side = role === 'client' ? this.#client : this.#server;
    await named(row, `${role} over TCP`, async () => {
      if (row.refusal !== undefined) return this.#client.checkRefusal(row, row.refusal);
      const bench = await (row.through === 'protocol' ? openProtocolPair(row, role) : side.open(row));
      try {
        await playRow(row, bench);
      } finally {
        bench.close();
      }
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#server.close();
  }
}

/** Plays a row with a Protocol in one feed; answers a digest of all that it told and wrote. Throws as `runTcp`. */
export function runFeed(row: Row, role: Role, feed: FeedName, make: MakeProtocol = makeProtocol): Promise<string> {
  const where = `${role}, ${feed}${feed === 'in random cuts' ? `, ${seedName}=${seed}` : ''}`;
  return named(row, where, async () => {
    if (row.refusal !== undefined) return checkRefusal(row, role, row.refusal);
    const bench = new FeedBench(row, role, feedOf(feed, seed, `${row.id} ${role}`), make);
    await playRow(row, bench);
    return bench.digest();
  });
}

/** Plays a row in several feeds, which have to agree to the byte. */
export async function runFeeds(
  row: Row,
  role: Role,
  feeds: readonly FeedName[] = feedNames,
  make: MakeProtocol = makeProtocol,
): Promise<void> {
  const digests: string[] = [];
  for (const feed of feeds) digests.push(await runFeed(row, role, feed, make));
  await named(row, role, async () => {
    const different = feeds.filter((_, index) => digests[index] !== digests[0]);
    if (different.length > 0) throw new Mismatch(`the same as ${feeds[0]}`, `something else ${different.join(', ')}`);
  });
}

/** Without a socket, what the answer says is looked at alone. */
function checkRefusal(row: Row, role: Role, code: string): string {
  try {
    agreedCodec(row, role);
  } catch (error) {
    const { code: got } = error as { code?: string };
    if (got === code) return code;
    throw error;
  }
  throw new Mismatch(`our client to refuse the answer: ${code}`, 'that it takes it');
}

async function named<T>(row: Row, where: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`row ${row.id} (${where}), "${row.rule}": ${message}`, { cause: error });
  }
}
