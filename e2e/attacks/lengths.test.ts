import { expect } from 'vitest';
import { attack, honest } from './attack.ts';
import { feed, protocolOf, roles } from './feed.ts';
import { headOf } from './line.ts';
import { first, rawFrame, repeat } from './raw-frame.ts';
import { deflate, strike } from './strike.ts';
import { startVictimServer, statusOf } from './victim-server.ts';

const mebibyte = 2 ** 20;

/** Lengths that do not fit, or just fit, into the numbers of some language. */
const hugeLengths = [2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n];

/** A frame that announces a length, and brings a few bytes. */
const announcing = (announced: bigint, start: number = first.binary, payload = new Uint8Array(5)) => ({
  first: start,
  announced,
  payload,
});

honest('lengths', async () => {
  for (const role of roles) {
    const messages = [125, 126, 65_535, 65_536].map((length) => new Uint8Array(length).fill(7));
    const frames = messages.map((payload) => ({ first: first.binary, payload }));
    expect(await strike(role, {}, frames)).toEqual({ messages, error: undefined, closeCode: 1000 });
  }
});

attack('CVE-2026-1528', async () => {
  for (const role of roles) {
    for (const announced of hugeLengths) {
      expect(feed(role, {}, [announcing(announced)])).toEqual(refused('frame-too-large', 1009));
    }
    expect(await strike(role, {}, [announcing(2n ** 63n - 1n)])).toEqual(refused('frame-too-large', 1009));
  }
});

attack('CVE-2026-43678', async () => {
  for (const role of roles) {
    for (const announced of [2n ** 63n, 2n ** 64n - 1n]) {
      // Of the length only its first byte has arrived.
      const start = rawFrame(announcing(announced), role === 'server').subarray(0, 3);
      const events = protocolOf(role).receive(start);
      expect(events).toMatchObject([{ type: 'fault', error: { code: 'length-top-bit', closeCode: 1002 } }]);
    }
    expect(await strike(role, {}, [announcing(2n ** 64n - 1n)])).toEqual(refused('length-top-bit', 1002));
  }
});

attack('CVE-2022-35922', () => {
  const before = process.memoryUsage().arrayBuffers;
  const victims = roles.flatMap((role) => Array.from({ length: 16 }, () => ({ role, protocol: protocolOf(role) })));
  for (const { role, protocol } of victims) {
    expect(protocol.receive(rawFrame(announcing(16n * BigInt(mebibyte)), role === 'server'))).toEqual([]);
    expect(protocol.state).toBe('open');
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * mebibyte);
});

attack('CVE-2016-10542', async () => {
  const piece = new Uint8Array(mebibyte);
  const sixteen = [{ first: first.binaryBegin, payload: piece }, ...repeat(15, { first: 0, payload: piece })];
  const oneMore = { first: first.continuationEnd, payload: Uint8Array.of(1) };
  for (const role of roles) {
    const tooLong = announcing(16n * BigInt(mebibyte) + 1n);
    expect(feed(role, {}, [tooLong])).toEqual(refused('frame-too-large', 1009));
    expect(await strike(role, {}, [tooLong])).toEqual(refused('frame-too-large', 1009));
    expect(feed(role, {}, [...sixteen, oneMore])).toEqual(refused('message-too-large', 1009));
  }
});

attack('CVE-2026-54466', async () => {
  const most = { maxFrameBytes: Number.MAX_SAFE_INTEGER, maxMessageBytes: Number.MAX_SAFE_INTEGER };
  for (const role of roles) {
    for (const announced of [2n ** 53n, 2n ** 53n + 1n, 2n ** 54n + 3n, 2n ** 63n - 1n]) {
      expect(feed(role, most, [announcing(announced)])).toEqual(refused('frame-too-large', 1009));
    }
  }
  // The flaw was in the framing of drafts, which is not spoken here.
  const line = (await startVictimServer()).knock();
  const keys = ['Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5', 'Sec-WebSocket-Key2: 12998 5 Y3 1  .P00'];
  line.send(headOf('GET / HTTP/1.1', 'Host: a', 'Upgrade: WebSocket', 'Connection: Upgrade', ...keys), '^n:ds[4U');
  expect(statusOf(await line.head())).toBe(426);
});

attack('CVE-2020-27813', async () => {
  // The length without what is above 32 or 53 bits is that of the payload.
  const wrapping = [2n ** 32n + 5n, 2n ** 33n + 5n, 2n ** 53n + 5n, 2n ** 62n + 5n];
  for (const role of roles) {
    for (const announced of wrapping) {
      expect(feed(role, {}, [announcing(announced)])).toEqual(refused('frame-too-large', 1009));
    }
    expect(await strike(role, {}, [announcing(2n ** 32n + 5n)])).toEqual(refused('frame-too-large', 1009));
  }
});

attack('CVE-2021-21419', async () => {
  const limits = { maxFrameBytes: 1000 };
  const atLimit = { first: first.binary, payload: new Uint8Array(1000) };
  for (const role of roles) {
    expect(await strike(role, limits, [atLimit])).toMatchObject({ messages: [atLimit.payload], closeCode: 1000 });
    const over = { first: first.binary, payload: new Uint8Array(1001) };
    expect(await strike(role, limits, [over])).toEqual(refused('frame-too-large', 1009));
    const compressed = { first: first.binary | first.rsv1, payload: new Uint8Array(1001) };
    expect(await strike(role, limits, [compressed], deflate)).toEqual(refused('frame-too-large', 1009));
  }
});

attack('resiprocate#478', async () => {
  const limits = { maxMessageBytes: 1000, maxFrameBytes: Number.POSITIVE_INFINITY };
  const begun = { first: first.binaryBegin, payload: new Uint8Array(10) };
  for (const role of roles) {
    // With the 10 that are there, these are 0 and a little in 32 and in 53 bits.
    for (const announced of [2n ** 32n - 10n, 2n ** 32n - 5n, 2n ** 53n - 10n, 2n ** 63n - 10n]) {
      const wrapping = announcing(announced, first.continuationEnd);
      expect(feed(role, limits, [begun, wrapping])).toEqual(refused('message-too-large', 1009));
    }
    expect(feed(role, limits, [begun, announcing(2n ** 64n - 10n, 0)])).toEqual(refused('length-top-bit', 1002));
  }
});

attack('baresip/re#1584', () => {
  const endless = { maxFrameBytes: Number.POSITIVE_INFINITY, maxMessageBytes: Number.POSITIVE_INFINITY };
  for (const announced of [2n ** 32n - 4n, 2n ** 32n - 1n]) {
    const protocol = protocolOf('server', endless);
    expect(protocol.receive(rawFrame(announcing(announced), true))).toEqual([]);
    expect(protocol.receive(new Uint8Array(100)), 'more of the same frame').toEqual([]);
    expect(protocol.state).toBe('open');
  }
  expect(feed('server', {}, [announcing(2n ** 64n - 4n)])).toEqual(refused('length-top-bit', 1002));
  expect(feed('server', {}, [announcing(2n ** 32n - 4n)])).toEqual(refused('frame-too-large', 1009));
});

/** Nothing was delivered, and the peer was told why. */
function refused(error: string, closeCode: number) {
  return { messages: [], error, closeCode };
}
