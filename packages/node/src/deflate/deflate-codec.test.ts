import { deflateRawSync, inflateRawSync, constants } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DeflateCodec } from './deflate-codec.ts';
import type { DeflateAgreement, DeflateSide } from './negotiation.ts';
import { type CompressionOptions, resolveCompression } from './options.ts';

const unlimited = Number.POSITIVE_INFINITY;
const tail = Buffer.from('0000ffff', 'hex');
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

function agreement(side: Partial<DeflateSide> = {}, options: CompressionOptions = {}): DeflateAgreement {
  const both = { windowBits: 15, keepsContext: true, ...side };
  const [resolved] = resolveCompression({ thresholdBytes: 0, ...options }, true);
  return { text: '', server: both, client: both, options: resolved! };
}

function pair(side?: Partial<DeflateSide>, options?: CompressionOptions) {
  const agreed = agreement(side, options);
  return { client: new DeflateCodec('client', agreed), server: new DeflateCodec('server', agreed) };
}

/** Text in words that come again, some of them from long ago. */
function words(bytes: number, seed: number): Uint8Array {
  let state = seed * 2_654_435_761;
  const next = () => (state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 1) >>> 0);
  const parts: string[] = [];
  for (let length = 0; length < bytes; length += parts.at(-1)!.length) parts.push(`${next() % 997} `);
  return Buffer.from(parts.join('')).subarray(0, bytes);
}

/** Bytes in which nothing comes again. */
function noise(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    for (const shift of [13, -17, 5]) state ^= shift > 0 ? state << shift : state >>> -shift;
    return state >>> 24;
  });
}

const hello = 'Hello';
/** RFC 7692 7.2.3: what a sender may make of "Hello". */
const vectors = [
  { name: '7.2.3.1, one block', messages: [['f2 48 cd c9 c9 07 00']], texts: [hello] },
  { name: '7.2.3.1, in two fragments', messages: [['f2 48 cd', 'c9 c9 07 00']], texts: [hello] },
  {
    name: '7.2.3.2, the window shared',
    messages: [['f2 48 cd c9 c9 07 00'], ['f2 00 11 00 00']],
    texts: [hello, hello],
  },
  { name: '7.2.3.3, no compression', messages: [['00 05 00 fa ff 48 65 6c 6c 6f 00']], texts: [hello] },
  { name: '7.2.3.4, BFINAL', messages: [['f3 48 cd c9 c9 07 00 00']], texts: [hello] },
  {
    name: '7.2.3.4, BFINAL, and the window goes on behind it',
    messages: [['f3 48 cd c9 c9 07 00 00'], ['f2 00 11 00 00']],
    texts: [hello, hello],
  },
  { name: '7.2.3.5, two blocks', messages: [['f2 48 05 00 00 00 ff ff ca c9 c9 07 00']], texts: [hello] },
  { name: '7.2.3.6, nothing at all', messages: [['00']], texts: [''] },
  { name: 'nothing, in the shortest block of fixed codes', messages: [['02 00']], texts: [''] },
  { name: 'empty fragments between', messages: [['', 'f2 48 cd', '', 'c9 c9 07 00', '']], texts: [hello] },
  {
    name: 'BFINAL in the middle of a message',
    messages: [['f3 48 cd c9 c9 07 00', 'f2 48 cd c9 c9 07 00']],
    texts: [hello + hello],
  },
];

describe('RFC 7692 7.2.3: what a sender may send is read', () => {
  for (const { name, messages, texts } of vectors) {
    const fragments = messages.map((message) => message.map(bytesOf));
    const read = (pieces: readonly (readonly Uint8Array[])[]) => {
      const codec = new DeflateCodec('client', agreement());
      return pieces.map((message) => {
        const parts = message.map((piece, at) => codec.decode(piece, at === message.length - 1, unlimited));
        return parts.map(textOf).join('');
      });
    };
    test(`${name}: in its fragments, in one, and byte by byte`, () => {
      expect(read(fragments)).toEqual(texts);
      expect(read(fragments.map((message) => [Buffer.concat(message)]))).toEqual(texts);
      const single = fragments.map((message) => Array.from(Buffer.concat(message), (byte) => Uint8Array.of(byte)));
      expect(read(single)).toEqual(texts);
    });
  }
});

describe('what is no compressed message is refused', () => {
  const raw = (text: string) => deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
  test.each([
    ['a block of a type that there is not', bytesOf('ff')],
    ['a block without compression whose length is wrong', bytesOf('00 05 00 00 00 48')],
    ['a reference to before the beginning', bytesOf('f2 00 11 00 00')],
    ['an empty payload', bytesOf('')],
    ['a block without compression that is cut', bytesOf('00 05 00 fa ff 48 65')],
    ['a block that lacks its end', bytesOf('f2 48 cd c9 c9 07').subarray(0, 5)],
    ['a block that is cut within the codes that it brings', bytesOf('3c 00')],
    ['a last block that is cut within the codes that it brings', bytesOf('3d 00')],
    ['bytes behind BFINAL that are none', bytesOf('f3 48 cd c9 c9 07 00 ff')],
    ['BFINAL without what closes it', bytesOf('f3 48 cd c9 c9 07 00')],
    ...[1, 2, 3, 5, 8].map((count): [string, Uint8Array] => [
      `a text that is cut, by ${count}`,
      raw('a text, and the text again, and a text').subarray(0, -count),
    ]),
  ])('%s', (_name, payload) => {
    const codec = new DeflateCodec('server', agreement());
    expect(() => codec.decode(payload, true, unlimited)).toThrow(
      expect.objectContaining({ code: 'deflate-invalid', closeCode: 1007 }),
    );
  });

  test('a message of blocks that all say that they are the last', () => {
    const codec = new DeflateCodec('server', agreement());
    expect(() =>
      codec.decode(
        new Uint8Array(2000).fill(3).map((_, at) => (at % 2 ? 0 : 3)),
        true,
        unlimited,
      ),
    ).toThrow(/too many of its blocks/);
  });
});

describe('what is compressed can be read', () => {
  const sizes = [0, 1, 2, 16, 125, 126, 127, 1000, 32_768, 65_535, 65_536, 200_000, 1_000_000];
  const windows = [8, 9, 10, 11, 12, 13, 14, 15];
  const kinds = windows.flatMap((windowBits) => [true, false].map((keepsContext) => ({ windowBits, keepsContext })));

  test.each(kinds)('by a peer with the same window: %j', (side) => {
    const { client, server } = pair(side);
    sizes.forEach((size, at) => {
      const payload = words(size, at + 1);
      for (const [from, to] of [
        [client, server],
        [server, client],
      ] as const) {
        const encoded = from.encode(payload);
        if (encoded === undefined) expect(side.keepsContext).toBe(false);
        else expect(Buffer.compare(to.decode(encoded, true, size) ?? Buffer.of(1), payload)).toBe(0);
      }
    });
  });

  test.each(windows)('by a zlib that has no more than a window of 2^%i', (windowBits) => {
    const codec = new DeflateCodec('client', agreement({ windowBits }));
    const payload = words(100_000, 7);
    const encoded = Buffer.concat([codec.encode(payload) as Uint8Array, tail]);
    const decoded = inflateRawSync(encoded, { windowBits, finishFlush: constants.Z_SYNC_FLUSH });
    expect(decoded.equals(payload)).toBe(true);
  });

  test('in fragments of any size', () => {
    const { client, server } = pair();
    const payload = words(50_000, 3);
    const encoded = client.encode(payload) as Uint8Array;
    const decoded: Uint8Array[] = [];
    for (let at = 0; at < encoded.length; at += 777) {
      const fin = at + 777 >= encoded.length;
      decoded.push(server.decode(encoded.subarray(at, at + 777), fin, unlimited) as Uint8Array);
    }
    expect(Buffer.concat(decoded).equals(payload)).toBe(true);
  });

  test('in memory of its own', () => {
    const { client, server } = pair();
    const first = server.decode(client.encode(Buffer.from('one')) as Uint8Array, true, 10) as Uint8Array;
    server.decode(client.encode(Buffer.from('two')) as Uint8Array, true, 10);
    expect(textOf(first)).toBe('one');
  });

  test('shorter where the window is kept', () => {
    const text = Buffer.from('the same words, the same words as ever, and more of the same');
    const { client } = pair();
    const [first, second] = [client.encode(text)!.length, client.encode(text)!.length];
    expect(second).toBeLessThan(first / 3);
  });

  test('connections whose windows are not kept do not mix, also between fragments', () => {
    const side = { keepsContext: false };
    const [one, other] = [pair(side), pair(side)];
    const [a, b] = [words(3000, 1), words(3000, 2)];
    const [ea, eb] = [one.client.encode(a)!, other.client.encode(b)!];
    const parts = [
      one.server.decode(ea.subarray(0, 100), false, unlimited)!,
      other.server.decode(eb.subarray(0, 50), false, unlimited)!,
      one.server.decode(ea.subarray(100), true, unlimited)!,
      other.server.decode(eb.subarray(50), true, unlimited)!,
    ];
    expect(Buffer.concat([parts[0]!, parts[2]!]).equals(a)).toBe(true);
    expect(Buffer.concat([parts[1]!, parts[3]!]).equals(b)).toBe(true);
  });
});

describe('a limit on what comes out', () => {
  const bomb = deflateRawSync(new Uint8Array(2 ** 24), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);

  test.each([true, false])('is held while it comes out, with a window that is kept or not: %s', (keepsContext) => {
    const codec = new DeflateCodec('server', agreement({ keepsContext }));
    const before = process.memoryUsage().arrayBuffers;
    expect(codec.decode(bomb, true, 100_000)).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000 + 3 * 2 ** 16);
  });

  test.each([[5], [6], [100]])('takes 5 bytes by a limit of %i', (limit) => {
    const { client, server } = pair();
    expect(textOf(server.decode(client.encode(Buffer.from('12345')) as Uint8Array, true, limit))).toBe('12345');
  });

  test('refuses one byte more', () => {
    const { client, server } = pair();
    expect(server.decode(client.encode(Buffer.from('12345')) as Uint8Array, true, 4)).toBeUndefined();
  });

  test('nothing becomes longer than is said', () => {
    const bytes = noise(100_000);
    for (const level of [0, 1, 6, 9]) {
      for (const memLevel of [1, 9]) {
        const codec = new DeflateCodec('client', agreement({}, { level, memLevel }));
        for (const size of [0, 1, 10, 1000, 100_000]) {
          expect(codec.encode(bytes.subarray(0, size))!.length).toBeLessThanOrEqual(codec.maxEncodedBytes(size));
        }
      }
    }
  });
});

describe('what is not worth it goes as it is', () => {
  const [resolved] = resolveCompression(true, true);
  const codecOf = (side: DeflateSide) =>
    new DeflateCodec('client', { text: '', server: side, client: side, options: resolved! });

  test.each([
    { keepsContext: true, shortest: 32 },
    { keepsContext: false, shortest: 1024 },
  ])('below $shortest bytes by default, where a window is kept: $keepsContext', ({ keepsContext, shortest }) => {
    const codec = codecOf({ windowBits: 15, keepsContext });
    expect(codec.encode(new Uint8Array(shortest - 1))).toBeUndefined();
    expect(codec.encode(new Uint8Array(shortest))).toBeDefined();
  });

  test('what would become longer, where no window is kept', () => {
    const codec = codecOf({ windowBits: 15, keepsContext: false });
    expect(codec.encode(noise(2000))).toBeUndefined();
  });

  test('everything, once it is closed', () => {
    const { client } = pair();
    client.encode(Buffer.from('a'));
    client.close();
    client.close();
    expect(client.encode(Buffer.from('a'))).toBeUndefined();
  });
});
