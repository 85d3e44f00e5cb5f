import type { ClientEvent } from '@holdfast/core/adapter';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectOptions, connect } from './connect.ts';
import { FakeWebSocket } from './fake-web-socket.test-helper.ts';

/** What the page as a whole hears. */
let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.made = [];
  page = new EventTarget();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('location', { href: 'https://app.test/room/' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A client whose first dial has begun, and all that it tells. */
async function follow(url = 'wss://a.test/', options: ConnectOptions = {}) {
  const client = connect(url, options);
  const told: string[] = [];
  const types = ['connecting', 'open', 'message', 'disconnected', 'waiting', 'error', 'closed'] as const;
  for (const type of types) client.on(type, (event: ClientEvent) => void told.push(event.type));
  await vi.advanceTimersByTimeAsync(0);
  return { client, told, socket: FakeWebSocket.latest };
}

describe('a client in a browser', () => {
  it('opens, sends, receives and closes', async () => {
    const { client, told, socket } = await follow('wss://a.test/', { protocols: 'chat' });
    expect([socket.url, socket.protocols]).toEqual(['wss://a.test/', ['chat']]);
    socket.open('chat');
    expect(client.send('hi')).toBe('sent');
    const message = client.once('message');
    socket.receive('hello');
    expect(await message).toMatchObject({ data: 'hello' });
    const closed = client.close(4000, 'bye');
    expect([socket.sent, socket.closes]).toEqual([['hi'], [[4000, 'bye']]]);
    socket.end(4000, 'bye');
    expect(await closed).toMatchObject({ code: 4000, reason: 'bye', wasClean: true });
    expect(told).toEqual(['connecting', 'open', 'message', 'disconnected', 'closed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a relative URL by that of the page', async () => {
    expect((await follow('chat?q')).socket.url).toBe('wss://app.test/room/chat?q');
  });

  it('dials again at once when the page wakes, instead of when its delay is over', async () => {
    const { client, told, socket } = await follow();
    socket.end(1006);
    expect(client.state).toMatchObject({ name: 'waiting' });
    expect(FakeWebSocket.made).toHaveLength(1);
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.made).toHaveLength(2);
    expect(told).toEqual(['connecting', 'disconnected', 'waiting', 'connecting']);
  });

  it('does not listen to the page any more once it is closed', async () => {
    let looks = 0;
    vi.stubGlobal('document', {
      get hidden() {
        looks++;
        return false;
      },
    });
    const { client, socket } = await follow();
    socket.open();
    page.dispatchEvent(new Event('visibilitychange'));
    expect(looks, 'it listens while it is open').toBe(1);
    client.close().catch(() => {});
    socket.end(1000);
    await vi.advanceTimersByTimeAsync(0);
    expect(client.state.name).toBe('closed');
    for (const type of ['online', 'pageshow', 'visibilitychange']) page.dispatchEvent(new Event(type));
    expect(looks).toBe(1);
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it('drops the socket when the message is over the limit, and hears nothing more from it', async () => {
    const { told, socket } = await follow('wss://a.test/', { maxMessageBytes: 3, reconnect: false });
    socket.open();
    socket.receive('four');
    expect(socket.closes).toHaveLength(1);
    socket.receive('abc');
    socket.end(1005);
    expect(told).toEqual(['connecting', 'open', 'disconnected', 'closed']);
  });

  it('is told dial-failed, and goes on, where the constructor throws', async () => {
    const blocked = function blocked() {
      throw new Error('blocked by a policy');
    };
    vi.stubGlobal('WebSocket', blocked);
    const client = connect('wss://a.test/');
    const disconnected = client.once('disconnected');
    await vi.advanceTimersByTimeAsync(0);
    const { error } = await disconnected;
    expect(error).toMatchObject({ code: 'dial-failed', cause: { message: 'blocked by a policy' } });
    expect(client.state.name).toBe('waiting');
  });
});

describe('a platform without a WebSocket', () => {
  it('is told at once', () => {
    vi.stubGlobal('WebSocket', undefined);
    expect(() => connect('wss://a.test/')).toThrow(expect.objectContaining({ code: 'no-websocket' }));
  });
});
