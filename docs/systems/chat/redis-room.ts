import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { Log } from './log.ts';
import type { Entry } from './protocol.ts';
import { addScript, beatScript, joinScript, leaveScript, redisKeys, redisNames } from './redis-scripts.ts';
import type { Room } from './room.ts';

type Redis = Awaited<ReturnType<typeof openRedis>>;

/** A room that processes share. */
export interface RedisRoom extends Room {
  /** Lets go of what it holds; members stay, for the other processes. */
  close(): void;
}

/** How often a process says that it is alive, and without a word for how long its members have left, in ms. */
export interface RedisRoomTimes {
  readonly beatMs: number;
  readonly goneMs: number;
}

/** A connection to Redis, which ends for good when it breaks. */
export function openRedis(url: string) {
  const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } });
  return client.on('error', hearInCommands).connect();
}

/** What fails is told by the command that waited. */
function hearInCommands(): void {}

/**
 * The room in a Redis. The scripts go by `redis`, which has to be the connection of the store of delivery too: what a member
 * said is then in the room before it is noted as received, whenever this process is killed.
 */
export async function redisRoom(redis: Redis, { beatMs, goneMs }: RedisRoomTimes): Promise<RedisRoom> {
  const run = (script: string, ...args: string[]) => redis.sendCommand(['EVAL', script, ...redisKeys, ...args]);
  const host = randomUUID();
  const reader = redis.duplicate().on('error', hearInCommands);
  let isClosed = false;
  const log = await followLog(reader, () => isClosed);
  const beat = () => run(beatScript, host, String(goneMs));
  await beat();
  const timer = setInterval(() => void beat(), beatMs);

  return {
    async join(session, name) {
      const [, at, taken = ''] = /^(\d+):(.*)$/s.exec(String(await run(joinScript, session, name, host))) ?? [];
      return { at: Number(at), name: taken };
    },
    async add(session, number, act) {
      const [text, ...id] = act.type === 'say' ? [act.text, ...(act.id === undefined ? [] : [act.id])] : [act.name];
      await run(addScript, session, String(number), act.type, text, ...id);
    },
    async leave(session) {
      await run(leaveScript, session, host);
    },
    members: () => redis.hKeys(redisNames.taken),
    async read(from) {
      if (from >= log.first) return log.read(from);
      const found: Found[] = (await redis.xRange(redisNames.log, `${from}-0`, '+', { COUNT: 100 })) ?? [];
      if (found[0] && numberOf(found[0]) !== from) throw new Error(`entry ${from} is forgotten`);
      return found.map(parse);
    },
    onMore: (listener) => log.onMore(listener),
    close() {
      isClosed = true;
      clearInterval(timer);
      reader.destroy();
    },
  };
}

/** The latest entries, kept in this process as they come: so that each is read once, and not for each member. */
async function followLog(reader: Redis, isClosed: () => boolean): Promise<Log> {
  await reader.connect();
  const [last] = (await reader.xRevRange(redisNames.log, '+', '-', { COUNT: 1 })) ?? [];
  const log = new Log(last ? numberOf(last) + 1 : 1);
  const follow = async () => {
    while (!isClosed()) {
      const behind = { key: redisNames.log, id: `${log.next - 1}-0` };
      const answer = await reader.xRead(behind, { BLOCK: 0, COUNT: 1000 });
      const [stream] = (answer ?? []) as { messages: Found[] }[];
      log.add(...(stream?.messages ?? []).map(parse));
    }
  };
  // A process without its room is of no use: it ends, and its members go to another.
  follow().catch((error: unknown) => {
    if (!isClosed()) throw error;
  });
  return log;
}

interface Found {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

function numberOf({ id }: Found): number {
  return Number(id.split('-')[0]);
}

function parse({ message }: Found): Entry {
  return JSON.parse(message.entry as string) as Entry;
}
