import { once } from 'node:events';
import { createServer, connect as dialTcp, type Server as TcpServer, type Socket } from 'node:net';
import { Opcode } from '@holdfast/core';
import { deliver, delivery } from '@holdfast/core/delivery';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../connect.ts';
import type { ConnectOptions } from '../../options.ts';
import type { NodeClient } from '../../connect.ts';
import { RawClient } from '../../raw-client.test-helper.ts';
import type { Connection } from '../connection.ts';
import type { CommonServeOptions } from '../options.ts';
import { serve, type Server } from '../serve.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (let close = open.pop(); close; close = open.pop()) await close();
});

/** A line that can be cut, between the clients and a server. */
class Line {
  readonly port: number;
  readonly #sockets = new Set<Socket>();
  isDown = false;

  private constructor(listener: TcpServer) {
    this.port = (listener.address() as { port: number }).port;
  }

  static async to(port: () => number): Promise<Line> {
    const listener = createServer((client) => line.#carry(client, port()));
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    const line = new Line(listener);
    open.push(() => {
      line.cut();
      listener.close();
    });
    return line;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(client: Socket, port: number): void {
    if (this.isDown) return void client.destroy();
    const server = dialTcp(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      socket.pipe(other);
    }
  }
}

interface Peer {
  readonly connection: Connection;
  readonly received: string[];
}

interface Pair {
  readonly server: Server;
  readonly line: Line;
  readonly client: NodeClient;
  readonly peers: Peer[];
  readonly received: unknown[];
}

async function start(
  options: Partial<CommonServeOptions> = {},
): Promise<{ server: Server; line: Line; peers: Peer[] }> {
  const peers: Peer[] = [];
  const server = await serve({ port: 0, host: '127.0.0.1', delivery: true, ...options }, (connection) => {
    const received: string[] = [];
    peers.push({ connection, received });
    connection.on('message', ({ data }) => received.push(String(data)));
  });
  open.push(() => server.close());
  return { server, line: await Line.to(() => server.port), peers };
}

function dial(line: Line, options: ConnectOptions = {}): { client: NodeClient; received: unknown[] } {
  const client = connect(`ws://127.0.0.1:${line.port}/`, {
    delivery: delivery(),
    reconnect: { minDelayMs: 1, maxDelayMs: 20 },
    ...options,
  });
  const received: unknown[] = [];
  client.on('message', ({ data }) => received.push(data));
  open.push(() => client.close());
  return { client, received };
}

async function pair(
  serverOptions: Partial<CommonServeOptions> = {},
  clientOptions: ConnectOptions = {},
): Promise<Pair> {
  const started = await start(serverOptions);
  const dialed = dial(started.line, clientOptions);
  await dialed.client.once('open');
  return { ...started, ...dialed };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

describe('a server with delivery', () => {
  it('has one connection for a session, across the lines of its client', async () => {
    const { client, line, peers, server } = await pair();
    const [{ connection, received }] = peers as [Peer];
    const told: string[] = [];
    connection.on('disconnected', ({ willReconnect }) => told.push(`disconnected ${willReconnect}`));
    connection.on('open', ({ resumed }) => told.push(`open ${resumed}`));
    for (let index = 1; index <= 30; index++) {
      if (index % 10 === 0) line.cut();
      client.send(`m${index}`);
      connection.send(`m${index}`);
      if (index % 10 === 5) await client.ping().catch(() => {});
    }
    await Promise.all([deliver(client, 'm31'), deliver(connection, 'm31')]);
    expect(received).toEqual(range(1, 31));
    expect(peers).toHaveLength(1);
    expect(server.connections.size).toBe(1);
    expect(told.filter((word) => word === 'open true')).toHaveLength(told.length / 2);
    expect(connection.delivery).toMatchObject({ resumed: false, sent: 31, received: 31 });
  });

  it('keeps what it sends while its client is away', async () => {
    const { client, line, peers, received } = await pair();
    const [{ connection }] = peers as [Peer];
    line.isDown = true;
    line.cut();
    await connection.once('disconnected');
    expect(connection.state).toEqual({ name: 'away' });
    expect(connection.send('m1')).toBe('queued');
    const delivered = deliver(connection, 'm2');
    line.isDown = false;
    await delivered;
    expect(received).toEqual(['m1', 'm2']);
    expect(connection.state).toEqual({ name: 'open' });
    expect((await client.close()).wasClean).toBe(true);
  });

  it('tells messages only when the app listens, and greets no sooner', async () => {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const received: unknown[] = [];
    const server = await serve({ port: 0, host: '127.0.0.1', delivery: true }, async (connection) => {
      connection.send('welcome');
      await gate;
      connection.on('message', ({ data }) => received.push(data));
    });
    open.push(() => server.close());
    const { client, received: told } = dial(await Line.to(() => server.port));
    const opened = client.once('open');
    const delivered = deliver(client, 'a');
    await client.once('connecting');
    goOn();
    await Promise.all([opened, delivered]);
    expect(received).toEqual(['a']);
    expect(told).toEqual(['welcome']);
  });

  it('serves clients without delivery as before', async () => {
    const { peers, line } = await start({ protocols: ['chat'] });
    const { client } = dial(line, { delivery: undefined, protocols: 'chat' });
    await client.once('open');
    client.send('plain');
    await client.close();
    expect(peers.map(({ connection, received }) => [connection.delivery, received])).toEqual([[undefined, ['plain']]]);
  });

  it.each([
    [['chat'], ['log', 'chat'], 'chat'],
    [[], [], 'holdfast.delivery.v1'],
    [['chat'], [], 'holdfast.delivery.v1'],
    [(offered: readonly string[]) => offered.at(-1), ['a', 'b'], 'b'],
  ] as const)('that speaks %j agrees with a client that offers %j on %s', async (protocols, offered, agreed) => {
    const { client, peers } = await pair({ protocols }, { protocols: offered });
    expect([client.protocol, peers[0]?.connection.protocol]).toEqual([agreed, agreed]);
  });

  it('refuses a client whose sub-protocol it does not speak', async () => {
    const { line } = await start();
    const { client } = dial(line, { protocols: 'chat', reconnect: false });
    expect(await client.once('closed')).toMatchObject({ error: { code: 'handshake-protocol' } });
  });

  it('a client is told by `resumed: false` and `dropped` that the server has begun anew', async () => {
    const first = await start();
    let { port } = first.server;
    const line = await Line.to(() => port);
    const { client } = dial(line);
    await client.once('open');
    const dropped: unknown[] = [];
    client.on('dropped', ({ message, cause }) => dropped.push([message, cause]));
    line.isDown = true;
    line.cut();
    client.send('uncertain');
    await client.once('disconnected');
    client.send('waiting');
    const second = await start();
    ({ port } = second.server);
    line.isDown = false;
    expect(await client.once('open')).toMatchObject({ resumed: false });
    await deliver(client, 'next');
    expect(second.peers[0]?.received).toEqual(['waiting', 'next']);
    expect(dropped).toEqual([['uncertain', 'unacknowledged']]);
  });

  it('closes when its client has acknowledged all, and the client does not come back', async () => {
    const { client, peers, received } = await pair();
    const [{ connection }] = peers as [Peer];
    for (const message of range(1, 100)) connection.send(message);
    const closed = client.once('closed');
    expect(await connection.close(1000, 'done')).toMatchObject({ code: 1000 });
    expect(await closed).toMatchObject({ code: 1000, reason: 'done' });
    expect(received).toEqual(range(1, 100));
    expect(connection.send('late')).toBe('closed');
    expect(connection.state).toMatchObject({ name: 'closed', code: 1000 });
  });

  it('ends a session whose client does not come back in time, and tells what it has not delivered', async () => {
    const { client, line, peers, server } = await pair({ delivery: { resumeWithinMs: 50 } });
    const [{ connection }] = peers as [Peer];
    const dropped: unknown[] = [];
    connection.on('dropped', ({ message, cause }) => dropped.push([message, cause]));
    line.isDown = true;
    line.cut();
    await connection.once('disconnected');
    connection.send('m1');
    const receipt = deliver(connection, 'm2');
    expect(await connection.once('closed')).toMatchObject({ code: 1006 });
    await expect(receipt).rejects.toMatchObject({ code: 'not-delivered' });
    expect(dropped).toEqual([
      ['m1', 'unacknowledged'],
      ['m2', 'unacknowledged'],
    ]);
    expect(server.connections.size).toBe(0);
    line.isDown = false;
    expect(await client.once('open')).toMatchObject({ resumed: false });
  });

  it('lets a session go on over a second line, and closes the first', async () => {
    const { client, peers, server } = await pair();
    const direct = await Line.to(() => server.port);
    const name = peers[0]?.connection.delivery?.session as string;
    const thief = connect(`ws://127.0.0.1:${direct.port}/`, { protocols: 'holdfast.delivery.v1', reconnect: false });
    const closed = client.once('closed');
    thief.send(`hello {"session":"${name}","received":0,"first":1}`);
    expect(await thief.once('message')).toMatchObject({ data: `welcome {"session":"${name}","received":0,"first":1}` });
    expect(await closed).toMatchObject({ code: 1008, reason: 'the session goes on over another connection' });
    await thief.close();
  });

  describe('leaves a session where it is when a hello comes late, over a line that its client has given up:', () => {
    const sayHelloAndLeave = async (server: Server, session: string) => {
      const late = await RawClient.open(server.port, 'Sec-WebSocket-Protocol: holdfast.delivery.v1');
      late.send({ opcode: Opcode.Text, payload: Buffer.from(`hello {"session":"${session}","received":0,"first":1}`) });
      late.socket.end();
      await late.ended();
      return late.frames.filter(({ opcode }) => opcode === Opcode.Text);
    };

    it('with the line that came after it', async () => {
      const { client, peers, server } = await pair();
      const [{ connection, received }] = peers as [Peer];
      expect(await sayHelloAndLeave(server, connection.delivery?.session as string)).toEqual([]);
      await deliver(client, 'still here');
      expect([received, peers.length, client.state.name]).toEqual([['still here'], 1, 'open']);
    });

    it('in the store, where another process may have it', async () => {
      const lookUp = vi.fn<() => Promise<undefined>>(async () => undefined);
      const { server, peers } = await start({
        delivery: { store: { create: () => Promise.reject(new Error()), open: lookUp } },
      });
      expect(await sayHelloAndLeave(server, 'at-another-process')).toEqual([]);
      expect([lookUp.mock.calls, peers]).toEqual([[], []]);
    });
  });

  it('does not let a session go on for somebody who does not own it', async () => {
    const { peers, server } = await pair(
      { delivery: { owner: ({ request }) => request.headers['x-user'] ?? '' } },
      { headers: { 'x-user': 'ann' } },
    );
    const name = peers[0]?.connection.delivery?.session as string;
    const thief = connect(`ws://127.0.0.1:${server.port}/`, {
      protocols: 'holdfast.delivery.v1',
      headers: { 'x-user': 'eve' },
      reconnect: false,
    });
    thief.send(`hello {"session":"${name}","received":0,"first":1}`);
    const { data } = await thief.once('message');
    expect(data).not.toContain(name);
    expect(peers).toHaveLength(2);
    await thief.close();
  });

  it('lets nobody go on with a session that its client has ended, and hears nothing behind that', async () => {
    const { server, peers } = await start();
    const dialRaw = () =>
      connect(`ws://127.0.0.1:${server.port}/`, { protocols: 'holdfast.delivery.v1', reconnect: false });
    const first = dialRaw();
    first.send('hello {"received":0,"first":1}');
    const { session } = JSON.parse(String((await first.once('message')).data).slice('welcome '.length));
    for (const packet of ['1:a', 'bye', '2:b']) first.send(packet);
    const second = dialRaw();
    await first.ping();
    second.send(`hello {"session":"${session}","received":0,"first":2}`);
    expect((await second.once('message')).data).not.toContain(session);
    expect(peers.map(({ received }) => received)).toEqual([['a'], []]);
    await Promise.all([first.close(), second.close()]);
  });

  it('ends a session whose client stands where it cannot be', async () => {
    const { client, line, peers, server } = await pair();
    const name = peers[0]?.connection.delivery?.session as string;
    line.isDown = true;
    line.cut();
    const ended = peers[0]?.connection.once('closed');
    const other = connect(`ws://127.0.0.1:${server.port}/`, { protocols: 'holdfast.delivery.v1', reconnect: false });
    other.send(`hello {"session":"${name}","received":9,"first":1}`);
    expect(await other.once('closed')).toMatchObject({ code: 4002, reason: 'acknowledged-unsent' });
    expect(await ended).toMatchObject({ error: { code: 'packet-unexpected' } });
    line.isDown = false;
    expect(await client.once('open')).toMatchObject({ resumed: false });
  });

  it.each([
    ['1:a', 'packet-unexpected'],
    ['hallo', 'packet-malformed'],
    ['hello {}', 'packet-malformed'],
    [Uint8Array.of(1), 'packet-malformed'],
  ])('closes a line that begins with %j by 4002 %s', async (packet, reason) => {
    const { server } = await start();
    const client = connect(`ws://127.0.0.1:${server.port}/`, { protocols: 'holdfast.delivery.v1', reconnect: false });
    client.send(packet);
    expect(await client.once('closed')).toMatchObject({ code: 4002, reason });
  });

  it('closes a line that does not greet in time', async () => {
    const { server } = await start({ handshakeTimeoutMs: 30 });
    const client = connect(`ws://127.0.0.1:${server.port}/`, { protocols: 'holdfast.delivery.v1', reconnect: false });
    expect(await client.once('closed')).toMatchObject({ code: 4002, reason: 'no greeting in time' });
  });

  it('gives up the session that is away the longest where there are too many', async () => {
    const { line, peers } = await start({ delivery: { maxSessions: 2 } });
    const clients = [dial(line, { reconnect: false }), dial(line, { reconnect: false })];
    await Promise.all(clients.map(({ client }) => client.once('open')));
    const full = dial(line, { reconnect: false });
    expect(await full.client.once('closed')).toMatchObject({ code: 1013 });
    const connections = peers.map(({ connection }) => connection);
    const lost = connections.map((connection) => connection.once('disconnected'));
    const gone = clients.map(({ client }) => client.once('closed'));
    line.cut();
    await Promise.all([...lost, ...gone]);
    const ended = Promise.any(connections.map((connection) => connection.once('closed')));
    await dial(line).client.once('open');
    expect(await ended).toMatchObject({ code: 1006 });
  });

  it('holds back a client that sends faster than the app reads', async () => {
    const server = await serve({ port: 0, host: '127.0.0.1', delivery: { window: { maxMessages: 50 } } }, () => {});
    open.push(() => server.close());
    const { client } = dial(await Line.to(() => server.port), {
      delivery: delivery({ window: { maxMessages: 1_000_000, maxBytes: 2 ** 20 } }),
      outbox: { maxMessages: 1_000_000, maxBytes: 2 ** 28, whenFull: 'throw' },
    });
    await client.once('open');
    const [connection] = server.connections;
    const reader = (connection as Connection)[Symbol.asyncIterator]();
    const first = reader.next();
    const payload = 'x'.repeat(65_536);
    for (let index = 0; index < 1_000; index++) client.send(`${index} ${payload}`);
    await first;
    expect(client.bufferedBytes).toBeGreaterThan(2 ** 24);
    for (let index = 1; index < 1_000; index++)
      expect(String((await reader.next()).value)).toMatch(new RegExp(`^${index} `));
  });

  it('broadcasts to clients with and without delivery', async () => {
    const { line, server } = await start();
    const sides = [dial(line), dial(line, { delivery: undefined })];
    await Promise.all(sides.map(({ client }) => client.once('open')));
    const told = sides.map(({ client }) => client.once('message'));
    expect(server.broadcast('all')).toBe(2);
    expect((await Promise.all(told)).map(({ data }) => data)).toEqual(['all', 'all']);
  });

  it.each([
    [{ windw: {} }, 'unknown-option'],
    [{ window: { maxBytes: 0 } }, 'invalid-option'],
    [{ resumeWithinMs: -1 }, 'invalid-option'],
    [{ store: {} }, 'invalid-option'],
    ['yes', 'invalid-option'],
  ])('refuses the option delivery: %j with %s', async (options, code) => {
    await expect(serve({ port: 0, delivery: options as never }, () => {})).rejects.toMatchObject({ code });
  });

  it('refuses a receipt where the client has no delivery', async () => {
    const { peers, line } = await start();
    const { client } = dial(line, { delivery: undefined });
    await client.once('open');
    await expect(deliver(peers[0]?.connection as Connection, 'a')).rejects.toMatchObject({ code: 'invalid-option' });
  });
});
