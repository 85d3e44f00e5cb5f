import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect } from '@holdfast/node';
import { FakeClock, silentHandler } from '@holdfast/core/testing';
import { expect } from 'vitest';
import { SocketLink } from '../../packages/node/src/socket-link.ts';
import { attack, honest } from './attack.ts';
import { type Role, roles } from './feed.ts';
import { acceptOn, startHostileServer } from './hostile-server.ts';
import type { Line } from './line.ts';
import { within } from './limit.ts';
import { first, rawFrames, repeat } from './raw-frame.ts';
import { strike } from './strike.ts';
import { requestHead, startVictimServer, statusOf } from './victim-server.ts';

honest('resources', async () => {
  const victim = await startVictimServer();
  const line = await victim.dial();
  expect(victim.server.broadcast('hello')).toBe(1);
  await line.until(() => line.frames.length === 1, 'the message');
  for (const role of roles) {
    expect(await strike(role, {}, [{ first: first.text }])).toMatchObject({ messages: [''], closeCode: 1000 });
  }
});

attack('CVE-2025-10148', async () => {
  const server = await startHostileServer(acceptOn);
  const url = `ws://127.0.0.1:${server.port}/`;
  const count = 3000;
  for (let index = 0; index < 2; index++) {
    const client = connect(url, { reconnect: false, heartbeat: false });
    for (let sent = 0; sent < count; sent++) client.send('');
    await client.once('open');
    const line = server.lines[index] as Line;
    await line.until(() => line.received.length >= 6 * count && line.frames.length === count, 'the frames');
    line.socket.destroy();
  }
  const keys = server.lines.flatMap(({ frames }) => frames.map(({ maskingKey }) => String(maskingKey)));
  expect(keys).toHaveLength(2 * count);
  // Of so many keys by chance a few may well be the same.
  expect(new Set(keys).size).toBeGreaterThan(2 * count - 10);
});

attack('CVE-2026-45736', async () => {
  const reasons = [new Float64Array(8), new Uint8Array(8), 80, { length: 80 }, [0]] as unknown as string[];
  const server = await startHostileServer(acceptOn);
  const client = connect(`ws://127.0.0.1:${server.port}/`, { reconnect: false, heartbeat: false });
  await client.once('open');
  for (const reason of reasons) {
    expect(codeOf(() => client.close(1000, reason))).toBe('invalid-close-reason');
  }
  client.send('the first frame');
  const [line] = server.lines;
  await line?.until(() => line.frames.length > 0, 'a frame');
  expect(line?.frames.map(({ opcode }) => opcode)).toEqual([1]);
  line?.socket.destroy();

  const victim = await startVictimServer({}, (connection) => {
    for (const reason of reasons) {
      expect(codeOf(() => connection.close(1000, reason))).toBe('invalid-close-reason');
    }
    connection.send('the first frame');
  });
  const peer = await victim.dial();
  await peer.until(() => peer.frames.length > 0, 'a frame');
  expect(peer.frames.map(({ opcode }) => opcode)).toEqual([1]);
});

attack('CVE-2020-35896', async () => {
  for (const role of roles) {
    const pings = rawFrames(repeat(8, { first: first.ping, payload: new Uint8Array(125) }), role === 'server');
    const link = stuckLink(role);
    for (let chunk = 0; chunk < 4000; chunk++) link.receive(pings);
    expect(link.writtenBytes()).toBeGreaterThan(0);
    expect(link.writtenBytes()).toBeLessThan(128 * 1024);
  }
  // The same for messages, of which the app of a server may send more than a client reads.
  const ended: (string | undefined)[] = [];
  const victim = await startVictimServer({ limits: { maxBufferedBytes: 2 ** 20 } }, (connection) => {
    connection.on('closed', ({ error }) => ended.push(error?.code));
    const piece = new Uint8Array(2 ** 17);
    for (let sent = 0; sent < 1000 && connection.send(piece) === 'sent'; sent++) {
      expect(connection.bufferedBytes).toBeLessThanOrEqual(2 ** 20);
    }
  });
  const line = await victim.dial();
  await line.until(() => line.hasEnded, 'the end of the line');
  expect(ended).toEqual(['peer-too-slow']);
});

attack('undici close() to a silent peer', async () => {
  const server = await startHostileServer(acceptOn);
  const options = { reconnect: false, heartbeat: false, closeTimeoutMs: 50 } as const;
  const client = connect(`ws://127.0.0.1:${server.port}/`, options);
  await client.once('open');
  const closed = await within(client.close(), 'the end of the client', 5_000);
  expect(closed).toMatchObject({ code: 1006, wasClean: false, error: { code: 'close-timeout' } });
  const [line] = server.lines;
  await line?.until(() => line.hasEnded, 'the end of the line');
});

attack('CVE-2020-36406', async () => {
  const count = 200;
  let closed = 0;
  let onAll = () => {};
  const allThere = new Promise<void>((resolve) => {
    onAll = resolve;
  });
  const victim = await startVictimServer({ limits: { maxBufferedBytes: 1000 } }, (connection) => {
    connection.on('closed', () => {
      closed += 1;
      // Whoever leaves takes all others along, while they are being told.
      for (const other of victim.server.connections) other.terminate();
    });
    if (victim.server.connections.size === count) onAll();
  });
  const lines = await Promise.all(Array.from({ length: count }, () => victim.dial()));
  await within(allThere, 'all connections');
  const message = new Uint8Array(600);
  expect(victim.server.broadcast(message)).toBe(count);
  // No one can have read the first: the second is too much for each.
  expect(victim.server.broadcast(message)).toBe(0);
  expect([closed, victim.server.connections.size]).toEqual([count, 0]);
  await Promise.all(lines.map((line) => line.until(() => line.hasEnded, 'the end of a line')));

  await victim.dial();
  expect(victim.server.broadcast(message)).toBe(1);
});

attack('CVE-2019-13611', async () => {
  const answer = async (origin: string, allowed?: string[]) => {
    const victim = await startVictimServer(allowed ? { origin: allowed } : {});
    const line = victim.knock();
    line.send(requestHead(`Origin: ${origin}`, 'Cookie: session=secret'));
    return statusOf(await line.head());
  };
  for (const foreign of [
    'https://evil.test',
    'http://127.0.0.1.evil.test',
    'http://127.0.0.1:81',
    'http://evil.test:80',
    'http://user@127.0.0.1',
    'null',
    '',
    'file://',
    '127.0.0.1',
  ]) {
    expect(await answer(foreign), foreign).toBe(403);
  }
  expect(await answer('http://127.0.0.1')).toBe(101);
  expect(await answer('https://good.test', ['https://good.test'])).toBe(101);
  expect(await answer('https://good.test.evil.test', ['https://good.test'])).toBe(403);
});

/** A link over a socket whose peer reads nothing. */
function stuckLink(role: Role) {
  let written = 0;
  const socket = new Duplex({ read() {}, write() {}, highWaterMark: 16 * 1024 });
  const write = socket.write.bind(socket);
  socket.write = (chunk: Uint8Array, ...rest: never[]) => {
    written += chunk.length;
    return write(chunk, ...rest);
  };
  const createMaskingKey = () => new Uint8Array(4);
  const wire = role === 'client' ? { role, createMaskingKey } : { role };
  const options = { clock: new FakeClock(), endTimeoutMs: 1000, protocol: '', wire } as const;
  const link = new SocketLink(socket as unknown as Socket, { ...silentHandler, onOpen() {} }, options);
  return { receive: (chunk: Uint8Array) => link.receive(chunk), writtenBytes: () => written };
}

/** The code of what a call throws. */
function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}
