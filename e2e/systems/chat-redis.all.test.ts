import { connect } from '@holdfast/node';
import { delivery } from 'holdfast/delivery';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ChatReply, Entry } from '../../docs/systems/chat/protocol.ts';
import { openRedis, redisRoom, type RedisRoomTimes } from '../../docs/systems/chat/redis-room.ts';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { StartProcess } from '../demo/start-process.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { findRedis, type RedisProcess, startRedis } from '../faults/delivery/redis-process.ts';
import { Child } from '../server/crowd/child.ts';

const main = new URL('../../docs/demo-server/main.ts', import.meta.url);

/** One process of the room. */
interface Host {
  readonly url: string;
  kill(): void;
}

async function startHost(...args: string[]): Promise<Host> {
  const child = new Child<{ port?: number }>(main, '--port', '0', ...args);
  const port = await child.word(({ port: found }) => found);
  return { url: `ws://127.0.0.1:${port}`, kill: () => child.kill() };
}

/** A member in this process, and all that it heard. */
function join(urlOf: () => string, name: string, isDelivered = true) {
  const heard: ChatReply[] = [];
  let count = 0;
  const waiting = new Set<() => void>();
  const client = connect(() => `${urlOf()}/chat?name=${name}`, {
    ...(isDelivered && { delivery: delivery() }),
    reconnect: { minDelayMs: 20, maxDelayMs: 500 },
    heartbeat: false,
  });
  client.on('message', ({ data }) => {
    const entry = JSON.parse(String(data)) as ChatReply;
    heard.push(entry);
    if (entry.type === 'said') count++;
    for (const look of waiting) look();
  });
  /** Resolves when what was heard is so. */
  const until = (isThere: (all: readonly ChatReply[], said: number) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isThere(heard, count)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const say = (text: string) => client.send(JSON.stringify({ type: 'say', text }));
  return { client, heard, until, say };
}

const said = (heard: readonly ChatReply[]) => heard.flatMap((entry) => (entry.type === 'said' ? [entry.text] : []));

describe.each([
  ['our server', []],
  ['ws', ['--ws']],
])('one process, on %s', (_name, args) => {
  let host: Host;
  beforeEach(async () => {
    host = await startHost(...args);
  });
  afterEach(() => host.kill());

  test('who comes hears what was said before, and all hear who comes, speaks and leaves', async () => {
    const ada = join(() => host.url, 'Ada', args.length === 0);
    await ada.until((heard) => heard.length === 2);
    ada.say('first');
    await ada.until((heard) => heard.length === 3);
    const bob = join(() => host.url, 'Ada', args.length === 0);
    await bob.until((heard) => heard.length === 2);
    await bob.client.close();
    await ada.until((heard) => heard.length === 5);
    const first: Entry = { type: 'said', from: 'Ada', text: 'first' };
    expect(ada.heard).toEqual([
      { type: 'welcome', name: 'Ada', members: ['Ada'], history: [] },
      { type: 'joined', name: 'Ada' },
      first,
      { type: 'joined', name: 'Ada 2' },
      { type: 'left', name: 'Ada 2' },
    ]);
    expect(bob.heard[0]).toEqual({
      type: 'welcome',
      name: 'Ada 2',
      members: ['Ada', 'Ada 2'],
      history: [first],
    });
    await ada.client.close();
  });
});

test('what the room does not understand ends a connection with delivery, of which each message is an entry', async () => {
  const host = await startHost();
  const member = join(() => host.url, 'Ada');
  await member.until((heard) => heard.length === 2);
  const disconnected = member.client.once('disconnected');
  member.client.send('{"type":"shout"}');
  expect(await disconnected).toMatchObject({ code: 1008, reason: 'unknown-type' });
  await member.client.close();
  host.kill();
});

const members = 200;
const each = 3;

describeRedis(findRedis());

function describeRedis(program: string | undefined): void {
  const name = 'three processes and Redis';
  if (program === undefined) return testMissing(name, 'There is no redis-server on this machine.');
  describe(name, () => {
    describeShared(program);
  });
}

function describeShared(program: string): void {
  let redis: RedisProcess;
  let hosts: Host[];
  beforeEach(async () => {
    redis = await startRedis(program);
    hosts = await Promise.all([0, 1, 2].map(() => startHost('--redis', `redis://127.0.0.1:${redis.port}`)));
  });
  afterEach(async () => {
    for (const host of hosts) host.kill();
    await redis.stop();
  });

  test(`${members} clients chat while one process is killed: nobody misses or doubles a message`, {
    timeout: 240_000,
  }, async () => {
    const all = Array.from({ length: members }, (_, index) => {
      let dial = index;
      return join(() => hosts[dial++ % 3]!.url, `m${index}`);
    });
    await Promise.all(all.map(({ until }) => until((heard) => heard.length >= 2)));
    const expected: string[] = [];
    for (let round = 0; round < each; round++) {
      for (const [index, member] of all.entries()) {
        const text = `${index}.${round}`;
        expected.push(text);
        member.say(text);
        if (round !== 1 || index !== members / 2) continue;
        // In the midst of it: what was said is under way in both directions.
        await all[1]!.until((_heard, count) => count > expected.length - members / 2);
        hosts[0]!.kill();
      }
    }
    await Promise.all(all.map(({ until }) => until((_heard, count) => count >= expected.length)));
    // A member that leaves is the last entry: whatever came twice has come by then.
    await all[1]!.client.close();
    const rest = all.filter((_, index) => index !== 1);
    await Promise.all(rest.map(({ until }) => until((heard) => heard.at(-1)?.type === 'left')));

    const [log] = rest.map(({ heard }) => said(heard));
    expect([...log!].sort()).toEqual([...expected].sort());
    for (const { heard } of rest) {
      expect(said(heard)).toEqual(log);
      expect(heard.filter(({ type }) => type === 'welcome')).toHaveLength(1);
      expect(heard.filter(({ type }) => type === 'left')).toEqual([{ type: 'left', name: 'm1' }]);
    }
    await Promise.all(rest.map(({ client }) => client.close()));
  });

  test('the members of a process that is killed have left when they do not come back', async () => {
    const open = async (times: RedisRoomTimes) => {
      const connection = await openRedis(`redis://127.0.0.1:${redis.port}`);
      const room = await redisRoom(connection, times);
      return { room, stop: () => (room.close(), connection.destroy()) };
    };
    const times = { beatMs: 20, goneMs: 2_000 };
    const [one, other] = [await open(times), await open(times)];
    await one.room.join('a', 'Ada');
    await one.room.join('b', 'Bob');
    // Without a word, as if it was killed; Bob goes on at the other.
    one.stop();
    await other.room.join('b', 'Bob');
    const last = async () => (await other.room.read(1)).at(-1);
    await new Promise<void>((resolve) => {
      const look = () => void last().then((entry) => entry?.type === 'left' && resolve());
      other.room.onMore(look);
      look();
    });
    expect(await last()).toEqual({ type: 'left', name: 'Ada' });
    expect(await other.room.members()).toEqual(['Bob']);
    other.stop();
  });

  test('a process that is asked to stop leaves its members to another, and nobody has left', async () => {
    const redisUrl = `redis://127.0.0.1:${redis.port}`;
    const [one, other] = [await startDemoServer(0, { redis: redisUrl }), await startDemoServer(0, { redis: redisUrl })];
    let dials = 0;
    const ada = join(() => `ws://127.0.0.1:${[one, other][Math.min(dials++, 1)]!.port}`, 'Ada');
    const bob = join(() => `ws://127.0.0.1:${other.port}`, 'Bob');
    await Promise.all([ada, bob].map(({ until }) => until((heard) => heard.length >= 2)));
    await one.stop();
    ada.say('from the other process');
    await Promise.all([ada, bob].map(({ until }) => until((_heard, count) => count === 1)));
    expect(dials).toBe(2);
    await ada.client.close();
    await bob.until((heard) => heard.at(-1)?.type === 'left');
    expect(bob.heard.filter(({ type }) => type === 'left')).toEqual([{ type: 'left', name: 'Ada' }]);
    await bob.client.close();
    await other.stop();
  });

  test('a process whose Redis is gone ends, for it has no room any more', async () => {
    const child = new Child(main, '--port', '0', '--redis', `redis://127.0.0.1:${redis.port}`);
    await child.word((word) => word);
    await redis.stop();
    await expect(child.word(() => undefined)).rejects.toThrow('ended with 1');
  });

  // It may have to build the site.
  test('npm start with a Redis starts two processes of one room, and tells the pages of both', {
    timeout: 240_000,
  }, async () => {
    const start = new StartProcess([
      ...['--port', '0', '--demo-port', '0'],
      ...['--redis', `redis://127.0.0.1:${redis.port}`],
    ]);
    onTestFinished(async () => void (await start.stop()));
    const [, first] = await start.line(/demo server: port (\d+)/);
    const [, second] = await start.line(/second demo server: port (\d+), process \d+; both have one chat/);
    const [site] = await start.line(/http:\/\/localhost:\d+/);
    const told = await (await fetch(`${site}/demo-server.json`)).json();
    expect(told).toMatchObject({ port: Number(first), others: [Number(second)], delivers: true });
    const [ada, bob] = [first, second].map((port) => join(() => `ws://127.0.0.1:${port}`, 'Ada'));
    await Promise.all([ada, bob].map((member) => member!.until((heard) => heard.length >= 2)));
    ada!.say('to the other process');
    await bob!.until((_heard, count) => count === 1);
    await Promise.all([ada!.client.close(), bob!.client.close()]);
  });
}
