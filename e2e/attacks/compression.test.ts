import { deflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import { attack, honest } from './attack.ts';
import { closeCodeOf, feed, protocolOf, roles } from './feed.ts';
import { acceptAndClose, startHostileServer } from './hostile-server.ts';
import { headerOf } from './line.ts';
import { first, type RawFrame, rawFrame } from './raw-frame.ts';
import { runClient, strike } from './strike.ts';
import { requestHead, startVictimServer } from './victim-server.ts';

/** 16 MiB and more of zeros, as permessage-deflate would send them. */
const bomb = deflateRawSync(new Uint8Array(17 * 2 ** 20));
const fault = { messages: [], error: 'reserved-bits', closeCode: 1002 };
const text = (part: string, start: number): RawFrame => ({ first: start, payload: new TextEncoder().encode(part) });

honest('compression', async () => {
  for (const role of roles) {
    // What begins like a compressed message is bytes like any other.
    const frames = [{ first: first.binary, payload: new Uint8Array(bomb) }];
    expect(await strike(role, {}, frames)).toMatchObject({ messages: [new Uint8Array(bomb)], closeCode: 1000 });
  }
});

attack('CVE-2026-1526', async () => {
  const { closed, request } = await answerWith('permessage-deflate');
  expect(request).not.toMatch(/extensions/i);
  expect(closed.error).toMatchObject({ code: 'handshake-extension' });
});

attack('CVE-2026-2229', async () => {
  for (const bits of ['8', '15', '0', '7', '16', '99', '-1', '999999999999999999999', 'x', '']) {
    const { closed } = await answerWith(`permessage-deflate; server_max_window_bits=${bits}`);
    expect(closed.error).toMatchObject({ code: 'handshake-extension' });
  }
});

attack('CVE-2026-59881', async () => {
  for (const role of roles) {
    for (const start of [first.text, first.binary]) {
      const firstByte = rawFrame({ first: start | first.rsv1 }, role === 'server').subarray(0, 1);
      const events = protocolOf(role).receive(firstByte);
      expect(events).toMatchObject([{ type: 'fault', error: { code: 'reserved-bits', closeCode: 1002 } }]);
      expect(await strike(role, {}, [{ first: start | first.rsv1, payload: Uint8Array.of(1) }])).toEqual(fault);
    }
  }
});

attack('CVE-2018-1000518', async () => {
  for (const role of roles) {
    for (const start of [first.text, first.binary]) {
      expect(await strike(role, {}, [{ first: start | first.rsv1, payload: bomb }])).toEqual(fault);
    }
  }
});

attack('CVE-2026-54490', async () => {
  const plain = { first: first.binaryBegin, payload: new Uint8Array(10) };
  for (const role of roles) {
    for (const start of [first.continuation, first.continuationEnd]) {
      const frames = [plain, { first: start | first.rsv1, payload: bomb }];
      expect(await strike(role, { maxMessageBytes: 2 ** 20 }, frames)).toEqual(fault);
    }
  }
});

attack('CVE-2026-39804', async () => {
  const victim = await startVictimServer();
  const line = victim.knock();
  line.send(requestHead('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'));
  const head = await line.head();
  expect(head).toContain(' 101 ');
  expect(headerOf(head, 'Sec-WebSocket-Extensions')).toBeUndefined();
  line.send(rawFrame({ first: first.text | first.rsv1, payload: bomb }, true));
  expect(await victim.ended()).toEqual({ messages: [], error: 'reserved-bits' });
  expect(closeCodeOf(line.frames)).toBe(1002);
});

attack('undici RSV1 on PING and continuation', async () => {
  const begun = { first: first.textBegin };
  for (const role of roles) {
    for (const start of [first.ping, first.pong, first.close, first.text, first.binary]) {
      expect(feed(role, {}, [{ first: start | first.rsv1 }])).toEqual(fault);
    }
    for (const start of [first.continuation, first.continuationEnd, first.ping]) {
      expect(await strike(role, {}, [begun, { first: start | first.rsv1 }])).toEqual(fault);
    }
  }
});

attack('undici duplicate deflate parameters', async () => {
  for (const parameter of ['server_no_context_takeover', 'client_no_context_takeover', 'server_max_window_bits=10']) {
    const { closed } = await answerWith(`permessage-deflate; ${parameter}; ${parameter}`);
    expect(closed.error).toMatchObject({ code: 'handshake-extension' });
  }
});

attack('aiohttp#12988', async () => {
  // U+20AC is E2 82 AC: the pings come between its bytes.
  const euro = [Uint8Array.of(0xe2), Uint8Array.of(0x82), Uint8Array.of(0xac)];
  const frames: RawFrame[] = [
    text('a', first.textBegin),
    ...euro.flatMap((payload) => [{ first: first.ping }, { first: first.continuation, payload }]),
    { first: first.ping, payload: new Uint8Array(125) },
    text('b', first.continuationEnd),
  ];
  for (const role of roles) {
    expect(await strike(role, {}, frames)).toEqual({ messages: ['a\u20acb'], error: undefined, closeCode: 1000 });
  }
});

attack('aiohttp#13274', async () => {
  const pong = { first: first.pong, payload: Uint8Array.of(1, 2, 3) };
  const frames = [pong, text('a', first.text), text('b', first.textBegin), pong, text('c', first.continuationEnd)];
  for (const role of roles) {
    expect(await strike(role, {}, frames)).toEqual({ messages: ['a', 'bc'], error: undefined, closeCode: 1000 });
  }
});

/** What a client makes of a server that agrees to this extension. */
async function answerWith(extension: string) {
  const server = await startHostileServer((line) =>
    acceptAndClose(line, ['Connection: Upgrade', `Sec-WebSocket-Extensions: ${extension}`]),
  );
  const { closed } = await runClient(`ws://127.0.0.1:${server.port}/`);
  return { closed, request: await server.lines[0]?.head() };
}
