import { delivery } from '@holdfast/core/delivery';
import { FakeClock } from '@holdfast/core/testing';
import { type ClientEvent, connect, type ConnectOptions } from '@holdfast/web';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PageServer } from './page-server.ts';
import type { WireChunk } from './wire-chunk.ts';

// What a page has, and the client looks for.
beforeAll(() => {
  const page = new EventTarget();
  vi.stubGlobal('WebSocket', EventTarget);
  for (const name of ['addEventListener', 'removeEventListener'] as const) vi.stubGlobal(name, page[name].bind(page));
});

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

function setUp() {
  const clock = new FakeClock();
  const wire: WireChunk[] = [];
  const server = new PageServer({ clock, onWire: (chunk) => wire.push(chunk) });
  const dial = (path: string, options: ConnectOptions = {}) => {
    const client = connect(server.url + path, {
      heartbeat: false,
      reconnect: { minDelayMs: 100, maxDelayMs: 100 },
      ...options,
      transport: server.transport(),
    });
    endings.push(async () => {
      client.close().catch(() => {});
      await clock.advance(60_000);
      expect(client.state.name).toBe('closed');
    });
    const events: ClientEvent[] = [];
    const types = ['open', 'message', 'latency', 'disconnected', 'waiting', 'dropped', 'error', 'closed'] as const;
    for (const type of types) client.on(type, (event) => events.push(event));
    const heard = () => events.flatMap((event) => (event.type === 'message' ? [event.data] : []));
    const ends = () =>
      events.flatMap((event) => (event.type === 'disconnected' ? [[event.code, event.error?.code]] : []));
    return { client, events, heard, ends };
  };
  return { clock, server, wire, dial };
}

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

describe('the rooms', () => {
  it('/echo sends back text and bytes, behind a handshake that stands on the wire', async () => {
    const { clock, wire, dial } = setUp();
    const { client, heard } = dial('/echo');
    client.send('héllo');
    client.send(Uint8Array.of(1, 2));
    await clock.advance(0);
    expect(heard()).toEqual(['héllo', Uint8Array.of(1, 2)]);
    expect(wire.slice(0, 2).map(({ from, kind }) => [from, kind])).toEqual([
      ['client', 'handshake'],
      ['server', 'handshake'],
    ]);
    expect(text(wire[0]?.bytes as Uint8Array)).toMatch(/^GET \/echo HTTP\/1\.1\r\nHost: in\.this\.page\r\n/);
    expect(text(wire[1]?.bytes as Uint8Array)).toMatch(/^HTTP\/1\.1 101 .*Sec-WebSocket-Accept: .{28}\r\n\r\n$/s);
    // RFC 6455 5.1: only the client masks.
    const frames = wire.filter(({ kind }) => kind === 'frames');
    for (const { from, bytes } of frames) expect((bytes[1] as number) >= 0x80, from).toBe(from === 'client');
  });

  it('/push counts', async () => {
    const { clock, dial } = setUp();
    const { heard } = dial('/push');
    await clock.advance(2_500);
    expect(heard()).toEqual(['1', '2', '3']);
  });

  it('/chat tells every member what one says', async () => {
    const { clock, dial } = setUp();
    const [one, other] = [dial('/chat'), dial('/chat')];
    await clock.advance(0);
    one.client.send(JSON.stringify({ type: 'say', text: '<b>hi</b>', id: '7' }));
    one.client.send(JSON.stringify({ type: 'probe' }));
    await clock.advance(0);
    const welcome = JSON.parse(String(one.heard()[0]));
    expect(welcome).toMatchObject({ type: 'welcome', members: [welcome.name], history: [] });
    const said = { type: 'said', from: welcome.name, text: '<b>hi</b>', id: '7' };
    expect(
      one
        .heard()
        .map((data) => JSON.parse(String(data)))
        .slice(1),
    ).toMatchObject([{ type: 'joined' }, { type: 'joined' }, { type: 'probe-reply' }, said]);
    expect(JSON.parse(String(other.heard().at(-1)))).toMatchObject(said);
  });

  it('a path that is not there is refused with 404, and what is there', async () => {
    const { clock, dial } = setUp();
    const { events } = dial('/nowhere');
    await clock.advance(0);
    expect(events[0]).toMatchObject({ type: 'disconnected', error: { code: 'http-status', status: 404 } });
    expect(events[0]).toMatchObject({ error: { body: expect.stringContaining('/echo, /chat, /push, /delivery') } });
  });
});

describe('a client', () => {
  it('closes with its code, and the server answers', async () => {
    const { clock, server, dial } = setUp();
    const { client } = dial('/echo');
    await clock.advance(0);
    expect(server.connectionCount).toBe(1);
    const closed = client.close(4001, 'enough');
    await clock.advance(0);
    expect(await closed).toMatchObject({ code: 4001, wasClean: true });
    expect(server.connectionCount).toBe(0);
  });

  it('pings by itself, and learns how long a round trip takes', async () => {
    const { clock, server, dial } = setUp();
    server.faults.delayMs = 40;
    const { client } = dial('/echo', { heartbeat: { intervalMs: 1_000, timeoutMs: 500 } });
    await clock.advance(2_000);
    expect(client.latencyMs).toBe(80);
  });

  it('is pinged by the server, and let go when it does not answer', async () => {
    const { clock, server, wire, dial } = setUp();
    dial('/echo');
    await clock.advance(15_000);
    expect(wire.at(-1)).toMatchObject({ from: 'client', bytes: expect.objectContaining({ 0: 0x8a }) });
    server.faults.isSilent = true;
    await clock.advance(30_000);
    expect(server.connectionCount).toBe(0);
  });
});

describe('faults', () => {
  it('a delay holds for each direction, and for a dial as for TCP', async () => {
    const { clock, server, dial } = setUp();
    server.faults.delayMs = 50;
    const { client, events, heard } = dial('/echo');
    await clock.advance(199);
    expect(events).toEqual([]);
    await clock.advance(1);
    expect(client.state.name).toBe('open');
    client.send('a');
    await clock.advance(99);
    expect(heard()).toEqual([]);
    await clock.advance(1);
    expect(heard()).toEqual(['a']);
  });

  it('a cut ends all lines with 1006, and the client comes back', async () => {
    const { clock, server, dial } = setUp();
    const { client, ends } = dial('/echo');
    await clock.advance(0);
    server.faults.cut();
    expect(server.connectionCount).toBe(0);
    await clock.advance(100);
    expect(ends()).toEqual([[1006, 'connection-lost']]);
    expect(client.state.name).toBe('open');
  });

  it('a silent line takes what is sent and loses nothing of it', async () => {
    const { clock, server, dial } = setUp();
    const { client, heard } = dial('/echo');
    await clock.advance(0);
    server.faults.isSilent = true;
    client.send('later');
    await clock.advance(5_000);
    expect([client.state.name, heard(), client.bufferedBytes]).toEqual(['open', [], 5]);
    server.faults.isSilent = false;
    await clock.advance(0);
    expect([heard(), client.bufferedBytes]).toEqual([['later'], 0]);
  });

  it('a silent line is found by the heartbeat, and a dial over one by its limit', async () => {
    const { clock, server, dial } = setUp();
    const { ends } = dial('/echo', { heartbeat: { intervalMs: 1_000, timeoutMs: 500 }, connectTimeoutMs: 3_000 });
    await clock.advance(0);
    server.faults.isSilent = true;
    await clock.advance(4_700);
    expect(ends()).toEqual([
      [1006, 'heartbeat-timeout'],
      [1006, 'connect-timeout'],
    ]);
  });

  for (const { refusal, code, status, retryAfterMs } of [
    { refusal: 'refuse' as const, code: 'connection-refused' },
    { refusal: { status: 503 }, code: 'http-status', status: 503 },
    { refusal: { status: 429, retryAfterSeconds: 7 }, code: 'http-status', status: 429, retryAfterMs: 7_000 },
  ]) {
    it(`a refusal by ${JSON.stringify(refusal)} is seen as such`, async () => {
      const { clock, server, dial } = setUp();
      server.faults.refusal = refusal;
      const { client, events } = dial('/echo');
      await clock.advance(0);
      expect(events[0]).toMatchObject({ type: 'disconnected', code: 1006, error: { code } });
      const { error } = events[0] as { error?: object };
      expect(error).toMatchObject({ ...(status && { status }), ...(retryAfterMs && { retryAfterMs }) });
      server.faults.refusal = undefined;
      await clock.advance(10_000);
      expect(client.state.name).toBe('open');
    });
  }

  it('offline no dial is begun, and the client comes back at once when the network does', async () => {
    const { clock, server, dial } = setUp();
    const { client, ends } = dial('/echo', { heartbeat: { intervalMs: 1_000, timeoutMs: 500, wakeTimeoutMs: 200 } });
    await clock.advance(0);
    server.faults.isOffline = true;
    await clock.advance(60_000);
    expect(ends()).toEqual([[1006, 'heartbeat-timeout']]);
    expect(client.state.name).toBe('waiting');
    server.faults.isOffline = false;
    await clock.advance(0);
    expect(client.state.name).toBe('open');
  });

  it('a dial while offline fails as such', async () => {
    const { clock, server, dial } = setUp();
    server.faults.isOffline = true;
    const { ends } = dial('/echo');
    await clock.advance(0);
    expect(ends()).toEqual([[1006, 'offline']]);
  });
});

describe('the server', () => {
  it('stops with 1001, refuses dials while it is down, and takes them again', async () => {
    const { clock, server, dial } = setUp();
    const { client, ends } = dial('/echo');
    await clock.advance(0);
    server.restart(250);
    expect(server.isUp).toBe(false);
    await clock.advance(249);
    expect(ends()).toEqual([
      [1001, undefined],
      [1006, 'connection-refused'],
      [1006, 'connection-refused'],
    ]);
    await clock.advance(100);
    expect([server.isUp, client.state.name]).toEqual([true, 'open']);
  });

  it('that stops drops who does not answer its close frame', async () => {
    const { clock, server, dial } = setUp();
    dial('/echo');
    await clock.advance(0);
    server.faults.isSilent = true;
    server.stop();
    await clock.advance(2_000);
    expect(server.connectionCount).toBe(0);
  });

  it('crashes without a word', async () => {
    const { clock, server, dial } = setUp();
    const { client, ends } = dial('/echo');
    await clock.advance(0);
    server.crash(50);
    expect(server.isUp).toBe(false);
    await clock.advance(100);
    expect(ends()).toEqual([[1006, 'connection-lost']]);
    expect(client.state.name).toBe('open');
  });
});

describe('delivery', () => {
  it('counts no message lost, doubled or out of order over cuts, silence and restarts', async () => {
    const { clock, server, dial } = setUp();
    server.faults.delayMs = 5;
    const { client, heard } = dial('/delivery', {
      delivery: delivery(),
      heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
    });
    const faults = [
      () => server.faults.cut(),
      () => server.restart(150),
      () => server.crash(150),
      () => void (server.faults.isSilent = true),
      () => void (server.faults.isSilent = false),
    ];
    for (let number = 1; number <= 500; number++) {
      client.send(`${number}`);
      await clock.advance(7);
      if (number % 31 === 0) faults[(number / 31) % faults.length]?.();
    }
    server.faults.isSilent = false;
    await clock.advance(5_000);
    expect(heard()).toEqual(Array.from({ length: 500 }, (_, index) => `${index + 1}`));
    expect(server.sessions).toMatchObject([
      { counts: { received: 500, doubled: 0, lost: 0, outOfOrder: 0 }, unacknowledged: 0, isHere: true },
    ]);
  });

  it('without its sub-protocol is refused', async () => {
    const { clock, dial } = setUp();
    const { events } = dial('/delivery', { reconnect: false });
    await clock.advance(0);
    expect(events.at(-1)).toMatchObject({ type: 'closed', code: 1002 });
  });
});

it('two clients share the server, and lines are told apart', async () => {
  const { clock, wire, dial } = setUp();
  const clients = [dial('/echo'), dial('/echo')];
  clients[0]?.client.send('one');
  clients[1]?.client.send('two');
  await clock.advance(0);
  expect(clients.map(({ heard }) => heard())).toEqual([['one'], ['two']]);
  expect(new Set(wire.map(({ line }) => line))).toEqual(new Set([1, 2]));
});
