import { describe, expect, it } from 'vitest';
import type { Link, LinkHandler } from '../session/link.ts';
import { FakeClock } from './fake-clock.ts';
import { silentHandler } from './link-pair.ts';
import { MemoryServer } from './memory-server.ts';

const settle = () => new FakeClock().settle();
const request = { url: 'ws://memory.test/', protocols: ['chat', 'other'] };

/** A handler, and what it was told. */
function diaryHandler(onOpen: (link: Link) => void = () => {}) {
  const told: string[] = [];
  const links: Link[] = [];
  const handler: LinkHandler = {
    ...silentHandler,
    onOpen(link) {
      told.push(`open ${link.protocol}`);
      links.push(link);
      onOpen(link);
    },
    onMessage: (data) => told.push(`message ${String(data)}`),
    onEnd: ({ code, error }) => told.push(`end ${code} ${error?.code ?? ''}`.trimEnd()),
  };
  return { told, links, handler };
}

describe('a dial', () => {
  it('is accepted with the first sub-protocol, in a later turn', async () => {
    const server = new MemoryServer();
    const { told, handler } = diaryHandler();
    server.connector(request.url, request.protocols, handler);
    expect(told).toEqual([]);
    await settle();
    expect(told).toEqual(['open chat']);
    expect(server.dials).toEqual([request]);
    expect(server.connections).toHaveLength(1);
  });

  it('is refused where the server refuses', async () => {
    const server = new MemoryServer();
    server.mode = 'refuse';
    const { told, handler } = diaryHandler();
    server.connector(request.url, request.protocols, handler)();
    server.connector(request.url, request.protocols, handler);
    await settle();
    expect(told, 'the first was given up').toEqual(['end 1006 connection-refused']);
    expect(server.dials).toHaveLength(2);
  });

  it('is refused as the test says for the next ones, in order, and then as the mode says', async () => {
    const server = new MemoryServer();
    const { told, handler } = diaryHandler();
    server.refuseNext({ status: 401 });
    server.ignoreNext();
    server.refuseNext();
    for (let dials = 0; dials < 4; dials++) server.connector(request.url, request.protocols, handler);
    await settle();
    expect(told).toEqual(['end 1006 http-status', 'end 1006 connection-refused', 'open chat']);
  });

  it('is answered by what was dialed, where the mode is a function', async () => {
    const server = new MemoryServer();
    const { told, handler } = diaryHandler();
    server.mode = ({ url }) => (url.endsWith('?token=right') ? 'accept' : { status: 403 });
    for (const token of ['wrong', 'right']) server.connector(`${request.url}?token=${token}`, ['chat'], handler);
    await settle();
    expect(told).toEqual(['end 1006 http-status', 'open chat']);
  });

  it('shows its headers by names in lower case', async () => {
    const server = new MemoryServer();
    server.dialed({ ...request, headers: { Authorization: 'Bearer a' } }, diaryHandler().handler);
    await settle();
    expect(server.latest.dial).toEqual({ ...request, headers: { authorization: 'Bearer a' } });
  });

  it('is told nothing where the server ignores it', async () => {
    const server = new MemoryServer();
    server.mode = 'ignore';
    const { told, handler } = diaryHandler();
    server.connector(request.url, request.protocols, handler);
    await settle();
    expect([told, server.dials.length, server.connections.length]).toEqual([[], 1, 0]);
  });

  it('makes no connection once it is given up', async () => {
    const server = new MemoryServer();
    const { told, handler } = diaryHandler();
    server.connector(request.url, request.protocols, handler)();
    await settle();
    expect([told, server.connections.length]).toEqual([[], 0]);
    expect(() => server.latest).toThrow(/no connection/);
  });

  it('that is given up while it opens is gone for the server too', async () => {
    const server = new MemoryServer();
    const { told, handler } = diaryHandler(() => abandon());
    const abandon = server.connector(request.url, request.protocols, handler);
    await settle();
    server.latest.link.send('unheard');
    await settle();
    expect(told).toEqual(['open chat']);
    expect(server.latest.outcome).toMatchObject({ code: 1006, wasClean: false });
  });
});

describe('a connection', () => {
  it('answers messages by the word of the test, and notes them', async () => {
    const server = new MemoryServer();
    server.answer = (message) => (message === 'quiet' ? undefined : `re: ${String(message)}`);
    const { told, links, handler } = diaryHandler();
    server.connector(request.url, request.protocols, handler);
    await settle();
    for (const message of ['a', 'quiet']) links[0]?.send(message);
    await settle();
    expect(told).toEqual(['open chat', 'message re: a']);
    expect(server.latest.received).toEqual(['a', 'quiet']);
  });

  it('is told to the test when it opens, before anything has passed', async () => {
    const server = new MemoryServer();
    server.onConnection = (connection) => {
      connection.send('welcome');
      connection.stall();
    };
    const { told, links, handler } = diaryHandler(() => links[0]?.send('hello'));
    server.connector(request.url, request.protocols, handler);
    await settle();
    expect([told, server.latest.received]).toEqual([['open chat'], []]);
    server.latest.unstall();
    await settle();
    expect([told, server.latest.received]).toEqual([['open chat', 'message welcome'], ['hello']]);
  });

  it('can be waited for, and each is answered once', async () => {
    const server = new MemoryServer();
    const first = server.connection();
    for (let dials = 0; dials < 2; dials++) server.connector(request.url, request.protocols, diaryHandler().handler);
    expect([await first, await server.connection()]).toEqual(server.connections);
    const never = server.connection();
    server.stop();
    await expect(never).rejects.toThrow('the server was stopped');
  });

  it('ends for the server when the link is given up', async () => {
    const server = new MemoryServer();
    const { handler } = diaryHandler();
    const abandon = server.connector(request.url, request.protocols, handler);
    await settle();
    abandon();
    await settle();
    expect(server.latest.outcome).toMatchObject({ code: 1006, error: { code: 'connection-lost' } });
  });
});

it('that stops closes all connections with 1001 and refuses further dials', async () => {
  const server = new MemoryServer();
  const first = diaryHandler();
  const second = diaryHandler();
  server.connector(request.url, request.protocols, first.handler);
  await settle();
  server.stop();
  server.connector(request.url, request.protocols, second.handler);
  await settle();
  expect(first.told).toEqual(['open chat', 'end 1001']);
  expect(second.told).toEqual(['end 1006 connection-refused']);
  expect(server.latest.outcome).toMatchObject({ code: 1001, reason: 'stopped', wasClean: true });
});

it('that was stopped takes dials again when it is told to', async () => {
  const server = new MemoryServer();
  const { told, handler } = diaryHandler();
  server.ignoreNext();
  server.stop();
  server.mode = 'accept';
  server.connector(request.url, request.protocols, handler);
  await settle();
  expect(told, 'what was said of the next dials holds no more').toEqual(['open chat']);
});

it('that stops leaves no timer, however slow its lines are', async () => {
  const clock = new FakeClock();
  const server = new MemoryServer(clock);
  const { told, handler } = diaryHandler();
  server.connector(request.url, request.protocols, handler);
  await settle();
  server.latest.slow({ delayMs: 10, bytesPerSecond: 1 });
  server.latest.send('a');
  await settle();
  server.stop();
  await settle();
  expect(told).toEqual(['open chat', 'message a', 'end 1001']);
  expect(clock.pendingTimers).toBe(0);
});
