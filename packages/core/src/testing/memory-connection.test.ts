import { describe, expect, test } from 'vitest';
import type { Link } from '../session/link.ts';
import { FakeClock } from './fake-clock.ts';
import { silentHandler } from './link-pair.ts';
import type { MemoryConnection } from './memory-connection.ts';
import { MemoryServer } from './memory-server.ts';

/** A connection with the client's link, and what the client was told. */
async function connected() {
  const clock = new FakeClock();
  const server = new MemoryServer(clock);
  const told: string[] = [];
  let link!: Link;
  server.connector('ws://test/', [], {
    ...silentHandler,
    onOpen: (opened) => {
      link = opened;
    },
    onMessage: (data) => told.push(String(data)),
    onEnd: ({ code, reason }) => told.push(`end ${code} ${reason}`),
  });
  const connection = await server.connection();
  return { clock, connection, link, told };
}

describe('a connection', () => {
  test('sends, closes and tells how it ended', async () => {
    const { clock, connection, told } = await connected();
    const ended = connection.ended();
    connection.send('hello');
    connection.close(4000, 'bye');
    await clock.settle();
    expect(told).toEqual(['hello', 'end 4000 bye']);
    const outcome = { code: 4000, reason: 'bye', wasClean: true };
    expect([await ended, await connection.ended(), connection.outcome]).toEqual([outcome, outcome, outcome]);
  });

  test('closes with 1000 when nothing is said', async () => {
    const { clock, connection, told } = await connected();
    connection.close();
    await clock.settle();
    expect(told).toEqual(['end 1000 ']);
  });

  test('has its messages waited for, one after the other, and in vain once it has ended', async () => {
    const { connection, link } = await connected();
    link.send('1');
    expect(await connection.message()).toBe('1');
    const next = connection.message();
    link.send('2');
    expect(await next).toBe('2');
    const never = connection.message();
    connection.cut();
    await expect(never).rejects.toThrow('the connection ended with 1006 after 2 messages');
    expect(connection.received).toEqual(['1', '2']);
  });
});

/** What each fault leaves of `a` and `bb` from the client, and `c` and `dd` from the server, 1 s later. */
const faults: Record<string, { act: (connection: MemoryConnection) => void; received: string[]; told: string[] }> = {
  stall: { act: (connection) => connection.stall(), received: [], told: [] },
  'stall, and unstall': {
    act: (connection) => {
      connection.stall();
      connection.unstall();
    },
    received: ['a', 'bb'],
    told: ['c', 'dd'],
  },
  'halfOpen, the client silent': {
    act: (connection) => connection.halfOpen('client'),
    received: [],
    told: ['c', 'dd'],
  },
  'halfOpen, the server silent': {
    act: (connection) => connection.halfOpen('server'),
    received: ['a', 'bb'],
    told: [],
  },
  cut: { act: (connection) => connection.cut(), received: [], told: ['end 1006 '] },
  'cutAfter 2 of the client': {
    act: (connection) => connection.cutAfter(2, 'client'),
    received: ['a'],
    told: ['end 1006 '],
  },
  'duplicateNext of the server': {
    act: (connection) => connection.duplicateNext('server'),
    received: ['a', 'bb'],
    told: ['c', 'c', 'dd'],
  },
  'slow, 2 bytes a second': {
    act: (connection) => connection.slow({ bytesPerSecond: 2 }),
    received: ['a'],
    told: ['c'],
  },
  'slow, the server 2 s away': {
    act: (connection) => connection.slow({ delayMs: 2000 }, 'server'),
    received: ['a', 'bb'],
    told: [],
  },
};

describe('a fault', () => {
  test.each(Object.entries(faults))('%s', async (_name, { act, received, told: expected }) => {
    const { clock, connection, link, told } = await connected();
    act(connection);
    for (const message of ['a', 'bb']) link.send(message);
    for (const message of ['c', 'dd']) connection.send(message);
    await clock.advance(1000);
    expect(connection.received).toEqual(received);
    expect(told).toEqual(expected);
  });
});
