import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Entry } from './protocol.ts';
import type { Room } from './room.ts';

type Redis = Awaited<ReturnType<typeof openRedis>>;

/** A connection to Redis. */
export function openRedis(url: string) {
  return createClient({ url, RESP: 2 }).connect();
}

/** The log is a stream whose ids are the numbers of the entries; each change of the room is one script, so that it happens as a whole. */
const names = {
  log: 'chat:{room}',
  seats: 'chat:{room}:seats',
  taken: 'chat:{room}:names',
  noted: 'chat:{room}:noted',
  hosts: 'chat:{room}:hosts',
};
const keys = ['5', names.log, names.seats, names.taken, names.noted, names.hosts];
const kept = '10000';

const add = `
local function add(entry)
  local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
  local at = (last and tonumber(string.match(last[1], '%d+')) or 0) + 1
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ${kept}, at .. '-0', 'entry', cjson.encode(entry))
  return at
end
local seat = redis.call('HGET', KEYS[2], ARGV[1])
local name = seat and string.match(seat, ':(.*)')
`;

const join = `${add}
redis.call('HSET', KEYS[5], ARGV[1], ARGV[3])
if seat then return seat end
local name, number = ARGV[2], 2
while redis.call('HSETNX', KEYS[3], name, ARGV[1]) == 0 do name, number = ARGV[2] .. ' ' .. number, number + 1 end
seat = add({ type = 'joined', name = name }) .. ':' .. name
redis.call('HSET', KEYS[2], ARGV[1], seat)
return seat`;

const say = `${add}
if not seat or tonumber(redis.call('HGET', KEYS[4], ARGV[1]) or 0) >= tonumber(ARGV[2]) then return end
redis.call('HSET', KEYS[4], ARGV[1], ARGV[2])
add({ type = 'said', from = name, text = ARGV[3], id = ARGV[4] })`;

const leave = `${add}
if not seat or redis.call('HGET', KEYS[5], ARGV[1]) ~= ARGV[2] then return end
redis.call('HDEL', KEYS[5], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], name)
redis.call('HDEL', KEYS[4], ARGV[1])
add({ type = 'left', name = name })`;

/**
 * A room that processes share. The scripts go by `redis`, which has to be the connection of the store of delivery too: what a
 * member said is then in the room before it is noted as received, whenever this process is killed.
 */
export async function redisRoom(redis: Redis): Promise<Room> {
  const run = (script: string, ...args: string[]) => redis.sendCommand(['EVAL', script, ...keys, ...args]);
  // Only the process to which a member came last can say that it has left.
  const host = randomUUID();
  const log = await followLog(redis.duplicate());
  return {
    async join(session, name) {
      const [, at, taken = ''] = /^(\d+):(.*)$/s.exec(String(await run(join, session, name, host))) ?? [];
      return { at: Number(at), name: taken };
    },
    async say(session, number, { text, id }) {
      await run(say, session, String(number), text, ...(id === undefined ? [] : [id]));
    },
    async leave(session) {
      await run(leave, session, host);
    },
    async read(from) {
      if (from >= log.first()) return log.entries(from);
      return parse((await redis.xRange(names.log, `${from}-0`, '+', { COUNT: 100 })) ?? []);
    },
    onMore: log.onMore,
  };
}

/** The latest entries, kept in this process as they come: so that each is read once, and not for each member. */
async function followLog(reader: Redis) {
  await reader.connect();
  const entries: Entry[] = [];
  const listeners = new Set<() => void>();
  const [last] = (await reader.xRevRange(names.log, '+', '-', { COUNT: 1 })) ?? [];
  const start = Number(last?.id.split('-')[0] ?? 0);
  const follow = async () => {
    for (;;) {
      const from = { key: names.log, id: `${start + entries.length}-0` };
      const found = (await reader.xRead(from, { BLOCK: 0, COUNT: 1000 })) as { messages: Messages }[] | null;
      entries.push(...parse(found?.[0]?.messages ?? []));
      for (const listener of listeners) listener();
    }
  };
  // A process without its room is of no use: it ends, and its members go to another.
  void follow();
  return {
    first: () => start + 1,
    entries: (from: number) => entries.slice(from - start - 1, from - start + 99),
    onMore(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Messages = readonly { readonly message: Readonly<Record<string, string>> }[];

function parse(messages: Messages): Entry[] {
  return messages.map(({ message }) => JSON.parse(message.entry as string) as Entry);
}
