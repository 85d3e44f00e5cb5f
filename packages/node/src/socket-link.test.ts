import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { Opcode } from '@holdfast/core';
import type { CloseOutcome, LinkHandler, Message } from '@holdfast/core/adapter';
import { FakeClock } from '@holdfast/core/testing';
import { describe, expect, it } from 'vitest';
import { type RawConnection, RawServer } from './raw-server.test-helper.ts';
import { SocketLink } from './socket-link.ts';

const none = new Uint8Array(0);
const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (payload: string) => ({ opcode: Opcode.Text, payload: utf8(payload) });
const ping = (payload = '') => ({ opcode: Opcode.Ping, payload: utf8(payload) });
const closeFrame = (code: number) => ({ opcode: Opcode.Close, payload: Uint8Array.of(code >> 8, code & 255) });

/** A handler that keeps what it is told, and lets a test wait for it. */
class Diary implements LinkHandler {
  readonly told: string[] = [];
  readonly messages: Message[] = [];
  outcome: CloseOutcome | undefined;
  #wake = () => {};

  onOpen(): void {}
  onHeard(): void {
    this.#note('heard');
  }
  onMessage(data: Message): void {
    this.messages.push(data);
    this.#note('message');
  }
  onPong(): void {
    this.#note('pong');
  }
  onDrain(): void {
    this.#note('drain');
  }
  onEnd(outcome: CloseOutcome): void {
    this.outcome = outcome;
    this.#note('end');
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #note(word: string): void {
    this.told.push(word);
    this.#wake();
  }
}

/** A link over TCP, and the other end of it, which speaks frames by hand. The received bytes begin with the first frame. */
async function openLink() {
  let accept: (connection: RawConnection) => void = () => {};
  const accepted = new Promise<RawConnection>((resolve) => {
    accept = resolve;
  });
  const server = await RawServer.start((connection) => {
    // Stands for the handshake, which has passed.
    connection.received = Buffer.from('\r\n\r\n');
    accept(connection);
  });
  const socket = connectTcp(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const clock = new FakeClock();
  const diary = new Diary();
  const wire = { role: 'client', createMaskingKey: () => Uint8Array.of(1, 2, 3, 4) } as const;
  const link = new SocketLink(socket, diary, { clock, protocol: 'chat', endTimeoutMs: 500, wire });
  link.send('hello');
  const peer = await accepted;
  await peer.framesUntil(1);
  return { link, diary, clock, socket, peer };
}

/** What runtimes tell of a lost line in the turns around its end. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const payloads = (peer: RawConnection) => peer.frames.map(({ payload }) => Buffer.from(payload).toString());

describe('sending', () => {
  it('writes what is sent in one turn together, in order', async () => {
    const { link, peer } = await openLink();
    let chunks = 0;
    peer.socket.on('data', () => chunks++);
    for (let count = 0; count < 50; count++) link.send(`m${count}`);
    await peer.framesUntil(51);
    expect(payloads(peer).slice(1)).toEqual(Array.from({ length: 50 }, (_, count) => `m${count}`));
    expect(chunks).toBe(1);
  });

  it('counts the bytes of payload until the system has taken them', async () => {
    const { link, diary } = await openLink();
    await diary.until(() => link.bufferedAmount === 0);
    link.send('é');
    link.send(new Uint8Array(3));
    expect(link.bufferedAmount).toBe(5);
    const drains = diary.told.filter((word) => word === 'drain').length;
    await diary.until(() => diary.told.filter((word) => word === 'drain').length > drains);
    expect(link.bufferedAmount).toBe(0);
  });

  it('keeps the count of what a lost connection did not take, and tells no drain', async () => {
    const { link, diary, peer } = await openLink();
    await diary.until(() => diary.told.includes('drain'));
    const before = diary.told.filter((word) => word === 'drain').length;
    peer.socket.pause();
    link.send(new Uint8Array(2 ** 24));
    await turn();
    peer.socket.resetAndDestroy();
    await diary.until(() => diary.outcome !== undefined);
    await turn();
    expect(link.bufferedAmount).toBe(2 ** 24);
    expect(diary.told.filter((word) => word === 'drain')).toHaveLength(before);
  });

  it('stops at once when the link closes', async () => {
    const { link, peer } = await openLink();
    expect([link.protocol, link.readyState]).toEqual(['chat', 1]);
    link.close(1000, 'bye');
    expect(link.readyState).toBe(2);
    link.send('late');
    await peer.framesUntil(2);
    expect(peer.frames.map(({ opcode }) => opcode)).toEqual([Opcode.Text, Opcode.Close]);
    expect(link.bufferedAmount).toBe(0);
  });
});

describe('receiving', () => {
  it('tells messages as they come, and that something was heard before each', async () => {
    const { diary, peer } = await openLink();
    diary.told.length = 0;
    peer.send(text('a'), { opcode: Opcode.Binary, payload: Uint8Array.of(1, 2) });
    await diary.until(() => diary.messages.length === 2);
    expect(diary.messages).toEqual(['a', Uint8Array.of(1, 2)]);
    expect(diary.messages[1]?.constructor, 'not a Buffer').toBe(Uint8Array);
    expect(diary.told.filter((word) => word !== 'drain')).toEqual(['heard', 'message', 'message']);
  });

  it('hears half a message', async () => {
    const { diary, peer } = await openLink();
    peer.send(Uint8Array.of(0x81, 5, 0x61));
    await diary.until(() => diary.told.includes('heard'));
    expect(diary.messages).toEqual([]);
  });

  it('takes bytes that came before it was there', async () => {
    const { link, diary } = await openLink();
    link.receive(Uint8Array.of(0x81, 1, 0x61));
    expect(diary.messages).toEqual(['a']);
    const before = diary.told.length;
    link.receive(new Uint8Array(0));
    expect(diary.told, 'nothing is not heard').toHaveLength(before);
  });

  it('has written the pong when the message behind its ping is told', async () => {
    const { link, diary, peer, socket } = await openLink();
    const before = socket.bytesWritten;
    let written = 0;
    diary.onMessage = () => {
      written = socket.bytesWritten - before;
      link.send('reply');
    };
    peer.send(ping('1'), text('a'));
    await peer.framesUntil(3);
    expect(peer.frames.map(({ opcode }) => opcode)).toEqual([Opcode.Text, Opcode.Pong, Opcode.Text]);
    expect(written, 'a masked pong with 1 byte').toBe(7);
  });

  it('does not read while it is paused', async () => {
    const { link, diary, peer, socket } = await openLink();
    link.pause(true);
    expect(socket.isPaused()).toBe(true);
    peer.send(text('a'));
    link.pause(false);
    expect(socket.isPaused()).toBe(false);
    await diary.until(() => diary.messages.length === 1);
  });

  it('is not paused once it closes: the close frame of the peer has to be read', async () => {
    const { link, diary, peer, socket } = await openLink();
    link.close(1000, '');
    link.pause(true);
    expect(socket.isPaused()).toBe(false);
    peer.send(closeFrame(1000));
    await peer.framesUntil(2);
    peer.socket.end();
    await diary.until(() => diary.outcome !== undefined);
    expect(diary.outcome).toEqual({ code: 1000, reason: '', wasClean: true });
  });
});

describe('pings', () => {
  it('tells the pong of the last ping, and no other', async () => {
    const { link, diary, peer } = await openLink();
    peer.send({ opcode: Opcode.Pong, payload: new Uint8Array(0) }, text('unasked'));
    await diary.until(() => diary.messages.length === 1);
    expect(diary.told).not.toContain('pong');

    link.ping();
    link.ping();
    const frames = await peer.framesUntil(3);
    const [first = none, second = none] = frames.slice(1).map(({ payload }) => payload);
    expect(first).not.toEqual(second);
    peer.send({ opcode: Opcode.Pong, payload: first }, text('stale'));
    await diary.until(() => diary.messages.length === 2);
    expect(diary.told).not.toContain('pong');
    peer.send({ opcode: Opcode.Pong, payload: second });
    await diary.until(() => diary.told.includes('pong'));
  });
});

describe('the end', () => {
  it('RFC 6455 7.1.1: after the closing handshake the server ends TCP, and the link waits for it', async () => {
    const { link, diary, clock, peer } = await openLink();
    link.close(4000, 'bye');
    await peer.framesUntil(2);
    peer.send(text('late'), closeFrame(4000));
    await diary.until(() => diary.messages.length === 1);
    expect([diary.outcome, peer.hasEnded, clock.pendingTimers]).toEqual([undefined, false, 1]);
    peer.socket.end();
    await diary.until(() => diary.outcome !== undefined);
    expect(diary.outcome).toEqual({ code: 4000, reason: '', wasClean: true });
    expect(clock.pendingTimers).toBe(0);
    await peer.until(() => peer.hasEnded);
  });

  it('is not waited for longer than the limit', async () => {
    const { diary, clock, peer } = await openLink();
    peer.send(text('last'), closeFrame(1001));
    await peer.framesUntil(2);
    await clock.advance(499);
    expect(diary.outcome).toBeUndefined();
    await clock.advance(1);
    await diary.until(() => diary.outcome !== undefined);
    expect(diary.outcome).toEqual({ code: 1001, reason: '', wasClean: true });
    await peer.until(() => peer.hasEnded);
  });

  it('after a fault begins with a close frame, and is told with the fault', async () => {
    const { link, diary, peer } = await openLink();
    peer.send(text('counts'), Uint8Array.of(0x83, 0), text('does not'));
    await peer.framesUntil(2);
    expect(peer.frames[1]).toMatchObject({ opcode: Opcode.Close });
    expect(Buffer.from(peer.frames[1]?.payload ?? []).readUInt16BE()).toBe(1002);
    expect(link.readyState).toBe(2);
    peer.socket.end();
    await diary.until(() => diary.outcome !== undefined);
    expect(diary.messages).toEqual(['counts']);
    expect(diary.outcome).toMatchObject({ code: 1006, wasClean: false, error: { code: 'unknown-opcode' } });
  });

  it('without a close frame is 1006', async () => {
    const { diary, peer } = await openLink();
    peer.socket.end();
    await diary.until(() => diary.outcome !== undefined);
    expect(diary.outcome).toMatchObject({ code: 1006, wasClean: false, error: { code: 'connection-lost' } });
  });

  it('by a reset is 1006 with its cause, comes once and is the last that is told', async () => {
    const { link, diary, peer, socket } = await openLink();
    // More than the system takes, so that writes are under way.
    peer.socket.pause();
    for (let count = 0; count < 64; count++) link.send(new Uint8Array(2 ** 18));
    peer.socket.resetAndDestroy();
    await diary.until(() => diary.outcome !== undefined);
    if (!socket.closed) await once(socket, 'close');
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(diary.outcome).toMatchObject({ code: 1006, wasClean: false, error: { code: 'connection-lost' } });
    expect(diary.outcome?.error?.cause).toMatchObject({ syscall: expect.any(String) });
    expect(diary.told.filter((word) => word === 'end')).toHaveLength(1);
    expect(diary.told.at(-1)).toBe('end');
  });
});

describe('a link that is abandoned', () => {
  it('drops the connection at once and tells nothing more', async () => {
    const { link, diary, clock, peer } = await openLink();
    peer.send(closeFrame(1000));
    await peer.framesUntil(2);
    link.abandon();
    const told = [...diary.told];
    link.receive(Uint8Array.of(0x81, 1, 0x61));
    await peer.until(() => peer.hasEnded || peer.hasClosed);
    expect(diary.told).toEqual(told);
    expect(diary.outcome).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
  });

  it('by a handler tells nothing of the rest of the chunk', async () => {
    const { link, diary, peer } = await openLink();
    const messages: Message[] = [];
    diary.onMessage = (data) => {
      messages.push(data);
      link.abandon();
    };
    peer.send(text('1'), text('2'));
    await peer.until(() => peer.hasEnded || peer.hasClosed);
    expect(messages).toEqual(['1']);
  });
});

it('as a server ends TCP by itself after the closing handshake', async () => {
  const server = await RawServer.start((connection) => {
    const diary = new Diary();
    const clock = new FakeClock();
    const link = new SocketLink(connection.socket, diary, {
      clock,
      protocol: '',
      endTimeoutMs: 500,
      wire: { role: 'server' },
    });
    link.close(1000, '');
  });
  const socket = connectTcp(server.port, '127.0.0.1');
  // 1000 under a mask of zeros.
  socket.once('data', () => socket.write(Uint8Array.of(0x88, 0x82, 0, 0, 0, 0, 3, 0xe8)));
  await once(socket, 'end');
  expect(server.latest.hasEnded, 'before the client did').toBe(false);
});
