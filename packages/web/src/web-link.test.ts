import type { CloseOutcome, Link, Message } from '@holdfast/core/adapter';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { FakeWebSocket } from './fake-web-socket.test-helper.ts';
import { webConnector } from './web-link.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

beforeEach(() => {
  FakeWebSocket.made = [];
  vi.stubGlobal('WebSocket', FakeWebSocket);
});

/** Dials, and keeps what is told. */
function dial({ url = 'wss://a.test/', protocols = [] as string[], maxMessageBytes = 1000 } = {}) {
  const links: Link[] = [];
  const messages: Message[] = [];
  const ends: CloseOutcome[] = [];
  const drop = webConnector(maxMessageBytes)(url, protocols, {
    onOpen: (link) => void links.push(link),
    onMessage: (data) => void messages.push(data),
    onHeard() {},
    onPong() {},
    onDrain() {},
    onEnd: (outcome) => void ends.push(outcome),
  });
  return { socket: FakeWebSocket.latest, links, messages, ends, drop };
}

describe('a dial', () => {
  it('makes one native WebSocket, with the URL and the sub-protocols, that gives bytes', () => {
    const { socket } = dial({ url: 'wss://a.test/path', protocols: ['a', 'b'] });
    expect(FakeWebSocket.made).toHaveLength(1);
    expect([socket.url, socket.protocols, socket.binaryType]).toEqual(['wss://a.test/path', ['a', 'b'], 'arraybuffer']);
  });

  it('throws what the platform throws', () => {
    expect(() => dial({ url: 'ftp://a.test/' })).toThrow(SyntaxError);
  });

  it('that fails is dial-failed: the platform says no more', () => {
    const { socket, links, ends } = dial();
    socket.end(1006);
    expect(links).toEqual([]);
    expect(ends).toMatchObject([{ code: 1006, reason: '', wasClean: false, error: { code: 'dial-failed' } }]);
  });

  it('whose sub-protocols the server left out is refused, also where the browser lets it pass', () => {
    const { socket, links, ends } = dial({ protocols: ['a', 'b'] });
    socket.open('');
    expect(links).toEqual([]);
    expect(ends).toMatchObject([{ code: 1006, wasClean: false, error: { code: 'handshake-protocol' } }]);
  });

  it('that is dropped closes the socket', () => {
    const { socket, drop } = dial();
    drop();
    expect(socket.closes).toEqual([[]]);
  });
});

describe('a link', () => {
  it('is the native WebSocket as it is', () => {
    const { socket, links } = dial();
    socket.open('chat');
    const [link] = links as [Link];
    expect([link.protocol, link.readyState, link.bufferedAmount]).toEqual(['chat', 1, 0]);
    link.send('hi');
    link.close(4000, 'bye');
    expect([socket.sent, socket.closes]).toEqual([['hi'], [[4000, 'bye']]]);
    expect(link.readyState).toBe(2);
    expect(link.ping, 'a browser cannot ping').toBeUndefined();
  });

  it('gives text as it is, and binary as Uint8Array', () => {
    const { socket, messages } = dial();
    socket.open();
    socket.receive('\ufeffé👋');
    socket.receive(Uint8Array.of(0, 255).buffer);
    socket.receive(new ArrayBuffer(0));
    expect(messages).toEqual(['\ufeffé👋', Uint8Array.of(0, 255), new Uint8Array(0)]);
  });

  for (const { name, outcome, code, error } of [
    { name: 'by the closing handshake', outcome: [4000, 'bye', true], code: 4000, error: undefined },
    { name: 'without a code', outcome: [1005, '', true], code: 1005, error: undefined },
    { name: 'by a cut line', outcome: [1006, '', false], code: 1006, error: { code: 'connection-lost' } },
  ] as const) {
    test(`ends ${name}`, () => {
      const { socket, ends } = dial();
      socket.open();
      const [endCode, reason, wasClean] = outcome;
      socket.end(endCode, reason, wasClean);
      expect(ends).toMatchObject([{ code, reason, wasClean }]);
      expect(ends[0]?.error).toEqual(error && expect.objectContaining(error));
    });
  }
});

describe('the limit on a message', () => {
  for (const { name, data } of [
    { name: 'text', data: 'a'.repeat(10) },
    { name: 'binary', data: new ArrayBuffer(10) },
  ]) {
    test(`of 10 takes ${name} of 10`, () => {
      const { socket, messages, ends } = dial({ maxMessageBytes: 10 });
      socket.open();
      socket.receive(data);
      expect([messages.length, ends]).toEqual([1, []]);
    });
  }

  for (const { name, data } of [
    { name: 'text', data: 'a'.repeat(11) },
    { name: 'binary', data: new ArrayBuffer(11) },
  ]) {
    test(`of 10 ends the link at ${name} of 11`, () => {
      const { socket, messages, ends } = dial({ maxMessageBytes: 10 });
      socket.open();
      socket.receive(data);
      expect(messages).toEqual([]);
      expect(ends).toMatchObject([{ code: 1006, wasClean: false, error: { code: 'message-too-large' } }]);
      expect(ends[0]?.error?.message).toContain('10');
    });
  }
});
