import { createHash, randomBytes } from 'node:crypto';
import { HoldfastError, type Message } from '@holdfast/core/adapter';
import type { SavedSession, StoreChanges } from '@holdfast/core/delivery';
import type { OpenedSession, SessionStore, StoredSession } from './session-store.ts';

/** Sends one command to Redis and answers its reply, as every client of Redis can: `(args) => client.sendCommand(args)`. */
export type RedisCommand = (args: string[]) => Promise<unknown>;

/** How sessions are kept in Redis. */
export interface RedisStoreOptions {
  /** What the names of the keys begin with. Default `holdfast`. */
  readonly prefix?: string;
}

/**
 * Keeps the sessions of a server in Redis (from 4.0 on), each in two hashes under one hash tag: what is known of it, and the
 * messages that its client has not acknowledged. Each change is one script, so that it happens as a whole, and only for the
 * process that opened the session last.
 */
export function redisStore(command: RedisCommand, { prefix = 'holdfast' }: RedisStoreOptions = {}): SessionStore {
  const run = (script: Script, session: string, args: string[]) =>
    evaluate(command, script, [`${prefix}:{${session}}`, `${prefix}:{${session}}:messages`], args);
  const token = () => randomBytes(12).toString('base64url');
  return {
    async create(session, owner, forMs) {
      const mine = token();
      await run(create, session, [mine, owner, wholeMs(forMs)]);
      return stored(run, session, mine);
    },
    async open(session, owner, forMs): Promise<OpenedSession | undefined> {
      const mine = token();
      const reply = (await run(open, session, [mine, owner, wholeMs(forMs)])) as OpenReply | null;
      return reply ? { saved: parseSaved(session, reply), stored: stored(run, session, mine) } : undefined;
    },
  };
}

interface Script {
  readonly text: string;
  readonly sha: string;
}

type OpenReply = readonly [first: string, received: string, messages: readonly string[]];

type Run = (script: Script, session: string, args: string[]) => Promise<unknown>;

const script = (text: string): Script => ({ text, sha: createHash('sha1').update(text).digest('hex') });

const create = script(`
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'owner', ARGV[2], 'first', 1, 'received', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`);

const open = script(`
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then return nil end
redis.call('HSET', KEYS[1], 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local known = redis.call('HMGET', KEYS[1], 'first', 'received')
return {known[1], known[2], redis.call('HGETALL', KEYS[2])}`);

/** Of ARGV: the token, how many of the rest are names and values of what is known, how many are ids and messages, ids. */
const write = script(`
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
local known, added = tonumber(ARGV[2]), tonumber(ARGV[3])
for at = 4, 3 + known, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
for at = 4 + known, 3 + known + added, 2 do redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1]) end
for at = 4 + known + added, #ARGV do redis.call('HDEL', KEYS[2], ARGV[at]) end
if added > 0 then redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1])) end
return 1`);

const keep = script(`
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1`);

const remove = script(`
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
return 1`);

function stored(run: Run, session: string, token: string): StoredSession {
  const runMine = async (mine: Script, args: string[]) => {
    if (Number(await run(mine, session, [token, ...args])) === 1) return;
    throw new HoldfastError('session-taken', 'it has expired, or another process has opened it');
  };
  return {
    write: (changes) => runMine(write, formatChanges(changes)),
    keep: (forMs) => runMine(keep, [wholeMs(forMs)]),
    remove: () => runMine(remove, []),
  };
}

/** Redis knows a script by its hash once it was told its text. */
async function evaluate(
  command: RedisCommand,
  { text, sha }: Script,
  keys: string[],
  args: string[],
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...args];
  try {
    return await command(['EVALSHA', sha, ...rest]);
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return command(['EVAL', text, ...rest]);
  }
}

function formatChanges({ first, received, add = [], remove: gone = [] }: StoreChanges): string[] {
  const known: string[] = [];
  if (first !== undefined) known.push('first', String(first));
  if (received !== undefined) known.push('received', String(received));
  const added = add.flatMap(([id, message]) => [String(id), formatMessage(message)]);
  return [String(known.length), String(added.length), ...known, ...added, ...gone.map(String)];
}

function parseSaved(session: string, [first, received, flat]: OpenReply): SavedSession {
  const messages: [id: number, message: Message][] = [];
  for (let at = 0; at < flat.length; at += 2) messages.push([Number(flat[at]), parseMessage(flat[at + 1] as string)]);
  messages.sort(([a], [b]) => a - b);
  return { session, first: Number(first), received: Number(received), messages };
}

/** Text as it is; bytes in base64, since not every client of Redis hands them on as they are. */
function formatMessage(message: Message): string {
  return typeof message === 'string' ? `t${message}` : `b${Buffer.from(message).toString('base64')}`;
}

function parseMessage(kept: string): Message {
  return kept.startsWith('t') ? kept.slice(1) : new Uint8Array(Buffer.from(kept.slice(1), 'base64'));
}

function wholeMs(ms: number): string {
  return String(Math.ceil(Math.min(ms, Number.MAX_SAFE_INTEGER)));
}
