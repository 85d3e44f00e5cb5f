import { constants, deflateRawSync, type ZlibOptions } from 'node:zlib';
import type { ProtocolEvent } from '@holdfast/core';
import { expect } from 'vitest';
import { DeflateCodec } from '../../packages/node/src/deflate/deflate-codec.ts';
import { resolveCompression } from '../../packages/node/src/deflate/options.ts';
import { attack, honest } from './attack.ts';
import { feed, protocolOf, roles, type Role } from './feed.ts';
import { acceptAndClose, startHostileServer } from './hostile-server.ts';
import { first, type RawFrame, rawFrame } from './raw-frame.ts';
import { deflate, runClient, strike } from './strike.ts';
import { countWork } from './work-meter.ts';

const KiB = 1024;
/** 17 MiB of zeros, as permessage-deflate sends them. */
const bomb = deflated(new Uint8Array(17 * KiB * KiB));
const limit = 1000 * KiB;
const tooLarge = { messages: [], error: 'message-too-large', closeCode: 1009 };
const fault = { messages: [], error: 'reserved-bits', closeCode: 1002 };
const text = (part: string, start: number): RawFrame => ({ first: start, payload: new TextEncoder().encode(part) });
const compressed = (payload: Uint8Array, start: number): RawFrame => ({ first: start | first.rsv1, payload });

honest('compression', async () => {
  for (const role of roles) {
    // What begins like a compressed message is bytes like any other.
    const plain = { first: first.binary, payload: new Uint8Array(bomb) };
    const packed = compressed(deflated(new TextEncoder().encode('words')), first.text);
    expect(await strike(role, {}, [plain])).toMatchObject({ messages: [plain.payload], closeCode: 1000 });
    expect(await strike(role, {}, [packed, plain], deflate)).toEqual({
      messages: ['words', plain.payload],
      error: undefined,
      closeCode: 1000,
    });
  }
});

attack('CVE-2026-1526', async () => {
  expect(await strikeWithBomb('client', first.binary)).toEqual(tooLarge);
  expect(bytesTakenOfBomb('client', true)).toBeLessThanOrEqual(limit + 64 * KiB);
});

attack('CVE-2026-2229', async () => {
  for (const name of ['server_max_window_bits', 'client_max_window_bits']) {
    for (const bits of ['0', '7', '16', '99', '-1', '999999999999999999999', '08', '1e1', 'x', '']) {
      const { closed } = await answerWith(`permessage-deflate; ${name}=${bits}`);
      expect(closed.error).toMatchObject({ code: 'handshake-extension' });
    }
    for (const bits of ['8', '15']) {
      const { closed } = await answerWith(`permessage-deflate; ${name}=${bits}`);
      expect(closed.error).toBeUndefined();
    }
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
    for (const start of [first.text, first.binary, first.textBegin, first.binaryBegin]) {
      expect(await strikeWithBomb(role, start)).toEqual(tooLarge);
    }
  }
});

attack('CVE-2026-54490', async () => {
  const part = blockOf(new Uint8Array(600));
  const end = { first: first.continuationEnd, payload: deflated(new Uint8Array(400)) };
  const over = { first: first.continuationEnd, payload: deflated(new Uint8Array(401)) };
  const begun = compressed(part, first.binaryBegin);
  for (const role of roles) {
    const within = await strike(role, { maxMessageBytes: 1000 }, [begun, end], deflate);
    expect(within).toMatchObject({ messages: [new Uint8Array(1000)], closeCode: 1000 });
    expect(await strike(role, { maxMessageBytes: 1000 }, [begun, over], deflate)).toEqual(tooLarge);
  }
});

attack('CVE-2026-39804', async () => {
  expect(await strikeWithBomb('server', first.text)).toEqual(tooLarge);
  for (const keepsContext of [true, false]) {
    expect(bytesTakenOfBomb('server', keepsContext)).toBeLessThanOrEqual(limit + 64 * KiB);
  }
});

attack('undici RSV1 on PING and continuation', async () => {
  const plain = { first: first.textBegin };
  const begun = compressed(blockOf(new Uint8Array(5)), first.binaryBegin);
  for (const role of roles) {
    for (const start of [first.ping, first.pong, first.close]) {
      expect(feed(role, {}, [{ first: start | first.rsv1 }])).toEqual(fault);
      expect(await strike(role, {}, [{ first: start | first.rsv1 }], deflate)).toEqual(fault);
    }
    for (const start of [first.continuation, first.continuationEnd, first.ping]) {
      expect(await strike(role, {}, [plain, { first: start | first.rsv1 }])).toEqual(fault);
      expect(await strike(role, {}, [begun, { first: start | first.rsv1 }], deflate)).toEqual(fault);
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
    expect(await strike(role, {}, woven({ first: first.ping }), deflate)).toEqual(wovenText);
  }
});

attack('aiohttp#13274', async () => {
  const pong = { first: first.pong, payload: Uint8Array.of(1, 2, 3) };
  const frames = [pong, text('a', first.text), text('b', first.textBegin), pong, text('c', first.continuationEnd)];
  for (const role of roles) {
    expect(await strike(role, {}, frames)).toEqual({ messages: ['a', 'bc'], error: undefined, closeCode: 1000 });
    expect(await strike(role, {}, [pong, ...woven(pong)], deflate)).toEqual(wovenText);
  }
});

const words = 'a text with an \u20ac, and the same text with an \u20ac';
const wovenText = { messages: [words, words], error: undefined, closeCode: 1000 };

/** A compressed text, a byte in each fragment and this frame behind each, and then the same by the window of the first. */
function woven(between: RawFrame): RawFrame[] {
  const bytes = deflated(new TextEncoder().encode(words));
  const fragments = Array.from(bytes, (byte, at): RawFrame => {
    const isLast = at === bytes.length - 1;
    const start = at === 0 ? first.textBegin | first.rsv1 : isLast ? first.continuationEnd : first.continuation;
    return { first: start, payload: Uint8Array.of(byte) };
  });
  const again = deflated(new TextEncoder().encode(words), { dictionary: new TextEncoder().encode(words) });
  return [...fragments.flatMap((fragment) => [fragment, between]), compressed(again, first.text)];
}

/** What travels of a message (RFC 7692 7.2.1). */
function deflated(payload: Uint8Array, options: ZlibOptions = {}): Uint8Array {
  return blockOf(payload, options).subarray(0, -4);
}

/** The same with its tail, behind which more of the message may follow. */
function blockOf(payload: Uint8Array, options: ZlibOptions = {}): Uint8Array {
  return new Uint8Array(deflateRawSync(payload, { ...options, finishFlush: constants.Z_SYNC_FLUSH }));
}

/** The outcome of a bomb; of what got through, only how long it is: to show it all would take for ever. */
async function strikeWithBomb(role: Role, start: number) {
  const { messages, ...more } = await strike(role, {}, [compressed(bomb, start)], deflate);
  return { messages: messages.map(({ length }) => length), ...more };
}

/** How many bytes are copied in memory for a bomb, beyond those that came. */
function bytesTakenOfBomb(role: Role, keepsContext: boolean): number {
  const [options] = resolveCompression(true, true);
  const side = { windowBits: 15, keepsContext };
  const codec = new DeflateCodec(role, { text: deflate, server: side, client: side, options: options! });
  const victim = protocolOf(role, { maxMessageBytes: limit }, codec);
  const frame = rawFrame(compressed(bomb, first.binary), role === 'server');
  let events: readonly ProtocolEvent[] = [];
  const bytes = countWork(() => {
    events = victim.receive(frame);
  });
  expect(events).toMatchObject([{ type: 'fault', error: { code: 'message-too-large' } }]);
  // A server copies the frame to take its mask off.
  return bytes - 2 * bomb.length;
}

/** What a client makes of a server that agrees to this extension. */
async function answerWith(extension: string) {
  const server = await startHostileServer((line) =>
    acceptAndClose(line, ['Connection: Upgrade', `Sec-WebSocket-Extensions: ${extension}`]),
  );
  const { closed } = await runClient(`ws://127.0.0.1:${server.port}/`);
  return { closed };
}
