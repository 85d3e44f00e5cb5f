import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { HoldfastError } from '../errors.ts';
import { encodeFrame } from './encode-frame.ts';
import { type Frame, Opcode, type Role } from './frame.ts';
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder.ts';
import { byteByByte, cutAt, fromHex, testThreeWays, type WireVector } from './three-ways.test-helper.ts';

/** A frame in short: what differs from a whole, unmasked frame without reserved bits. */
interface Read {
  readonly opcode: Opcode;
  readonly payload: string;
  readonly fin?: false;
  readonly key?: string;
  readonly rsv1?: boolean;
}

interface Fault {
  readonly fault: string;
  readonly closeCode: number;
}

const summary = ({ fin, opcode, payload, maskingKey, rsv1, rsv2, rsv3 }: Frame): Read => {
  expect([rsv2, rsv3]).toEqual([false, false]);
  return {
    opcode,
    payload: formatHex(payload),
    ...(rsv1 && { rsv1 }),
    ...(!fin && { fin }),
    ...(maskingKey && { key: formatHex(maskingKey) }),
  };
};

/** All that a decoder makes of these chunks; a fault is asked for once more, as a later chunk would. */
function readAll(options: FrameDecoderOptions, chunks: readonly Uint8Array[]): (Read | Fault)[] {
  const decoder = new FrameDecoder(options);
  const read: (Read | Fault)[] = [];
  try {
    for (const chunk of [...chunks, new Uint8Array(0)]) read.push(...decoder.push(chunk).map(summary));
  } catch (error) {
    expect(error).toBeInstanceOf(HoldfastError);
    const { code, closeCode } = error as HoldfastError;
    read.push({ fault: code, closeCode: closeCode ?? 0 });
  }
  return read;
}

const hello = '48 65 6c 6c 6f';

const toClient: WireVector<Read | Fault>[] = [
  {
    name: 'RFC 6455 5.7: an unmasked text',
    hex: `81 05 ${hello}`,
    expected: [{ opcode: Opcode.Text, payload: hello }],
  },
  {
    name: 'RFC 6455 5.7: a text in two fragments',
    hex: '01 03 48 65 6c 80 02 6c 6f',
    expected: [
      { opcode: Opcode.Text, fin: false, payload: '48 65 6c' },
      { opcode: Opcode.Continuation, payload: '6c 6f' },
    ],
  },
  { name: 'RFC 6455 5.7: a ping', hex: `89 05 ${hello}`, expected: [{ opcode: Opcode.Ping, payload: hello }] },
  { name: 'an empty text', hex: '81 00', expected: [{ opcode: Opcode.Text, payload: '' }] },
  { name: 'an empty fragment', hex: '00 00', expected: [{ opcode: Opcode.Continuation, fin: false, payload: '' }] },
  { name: 'a close frame', hex: '88 02 03 e8', expected: [{ opcode: Opcode.Close, payload: '03 e8' }] },
  { name: 'a pong', hex: '8a 01 61', expected: [{ opcode: Opcode.Pong, payload: '61' }] },
  {
    name: 'a ping between fragments',
    hex: '02 01 61 89 00 80 01 62',
    expected: [
      { opcode: Opcode.Binary, fin: false, payload: '61' },
      { opcode: Opcode.Ping, payload: '' },
      { opcode: Opcode.Continuation, payload: '62' },
    ],
  },
  { name: 'RFC 6455 5.1: a masked frame from a server', hex: '81 80', expected: [fault('mask-unexpected')] },
  {
    name: 'the frames before a fault',
    hex: '81 01 61 82 00 83 00',
    expected: [{ opcode: Opcode.Text, payload: '61' }, { opcode: Opcode.Binary, payload: '' }, fault('unknown-opcode')],
  },
];

const toServer: WireVector<Read | Fault>[] = [
  {
    name: 'RFC 6455 5.7: a masked text',
    hex: '81 85 37 fa 21 3d 7f 9f 4d 51 58',
    expected: [{ opcode: Opcode.Text, payload: hello, key: '37 fa 21 3d' }],
  },
  {
    name: 'RFC 6455 5.7: a masked pong',
    hex: '8a 85 37 fa 21 3d 7f 9f 4d 51 58',
    expected: [{ opcode: Opcode.Pong, payload: hello, key: '37 fa 21 3d' }],
  },
  {
    name: 'a masked frame without a payload',
    hex: '82 80 01 02 03 04',
    expected: [{ opcode: Opcode.Binary, payload: '', key: '01 02 03 04' }],
  },
  {
    name: 'a key of zeros',
    hex: '82 82 00 00 00 00 61 62',
    expected: [{ opcode: Opcode.Binary, payload: '61 62', key: '00 00 00 00' }],
  },
  {
    name: 'two frames, each with its own key',
    hex: '81 81 01 02 03 04 60 81 81 ff 00 00 00 9e',
    expected: [
      { opcode: Opcode.Text, payload: '61', key: '01 02 03 04' },
      { opcode: Opcode.Text, payload: '61', key: 'ff 00 00 00' },
    ],
  },
  { name: 'RFC 6455 5.1: an unmasked frame from a client', hex: '81 00', expected: [fault('mask-missing')] },
  { name: 'RFC 6455 5.1: an unmasked close frame from a client', hex: '88 02', expected: [fault('mask-missing')] },
];

/** Rules of the header, the same for both roles: RFC 6455 5.2 and 5.5. */
const headerFaults: WireVector<Fault>[] = [
  ...[0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf].flatMap((opcode) =>
    ['8', '0'].map((fin) => ({
      name: `RFC 6455 5.2: opcode 0x${opcode.toString(16)}, reserved, with fin ${fin === '8' ? 1 : 0}`,
      hex: `${fin}${opcode.toString(16)}`,
      expected: [fault('unknown-opcode')],
    })),
  ),
  ...['c', 'a', '9', 'f'].flatMap((bits) =>
    ['0', '1', '2', '8', '9', 'a'].map((opcode) => ({
      name: `RFC 6455 5.2: reserved bits of ${bits}${opcode}`,
      hex: `${bits}${opcode}`,
      expected: [fault('reserved-bits')],
    })),
  ),
  ...['08', '09', '0a'].map((hex) => ({
    name: `RFC 6455 5.5: a fragment of control frame ${hex}`,
    hex,
    expected: [fault('control-fragmented')],
  })),
];

/** Rules of the length, which need the right mask bit in front: `xx` stands for the byte with it. */
const lengthFaults: { name: string; hex: string; fault: string; closeCode?: number }[] = [
  ...['88', '89', '8a'].flatMap((first) => [
    { name: `RFC 6455 5.5: over 125 bytes in control frame ${first}`, hex: `${first} 126`, fault: 'control-too-long' },
    { name: `RFC 6455 5.5: a 64-bit length in control frame ${first}`, hex: `${first} 127`, fault: 'control-too-long' },
  ]),
  { name: 'RFC 6455 5.2: length 0 in 2 bytes', hex: '82 126 00 00', fault: 'length-not-minimal' },
  { name: 'RFC 6455 5.2: length 125 in 2 bytes', hex: '82 126 00 7d', fault: 'length-not-minimal' },
  { name: 'RFC 6455 5.2: length 0 in 8 bytes', hex: `82 127 ${'00'.repeat(8)}`, fault: 'length-not-minimal' },
  { name: 'RFC 6455 5.2: length 126 in 8 bytes', hex: `82 127 ${'00'.repeat(7)} 7e`, fault: 'length-not-minimal' },
  { name: 'RFC 6455 5.2: length 65535 in 8 bytes', hex: `82 127 ${'00'.repeat(6)} ffff`, fault: 'length-not-minimal' },
  { name: 'RFC 6455 5.2: the top bit of a length (CVE-2026-43678)', hex: '82 127 80', fault: 'length-top-bit' },
  { name: 'RFC 6455 5.2: all bits of a length', hex: `82 127 ${'ff'.repeat(8)}`, fault: 'length-top-bit' },
  {
    name: 'length 2^53 + 1 (CVE-2026-54466)',
    hex: '82 127 00 20 00 00 00 00 00 01',
    fault: 'frame-too-large',
    closeCode: 1009,
  },
  {
    name: 'length 2^63 - 1 (CVE-2026-1528)',
    hex: '82 127 7f ff ff ff ff ff ff ff',
    fault: 'frame-too-large',
    closeCode: 1009,
  },
  {
    name: 'length 2^32 + 5, whose lower half is small',
    hex: '82 127 00 00 00 01 00 00 00 05',
    fault: 'frame-too-large',
    closeCode: 1009,
  },
  {
    name: 'length 2^24 + 1, over the default',
    hex: '82 127 00 00 00 00 01 00 00 01',
    fault: 'frame-too-large',
    closeCode: 1009,
  },
];

function fault(code: string, closeCode = 1002): Fault {
  return { fault: code, closeCode };
}

const roles: Role[] = ['client', 'server'];

/** The length bits with the mask bit that the role expects. */
const forRole = (hex: string, role: Role) =>
  hex.replace(/\b12([67])\b/, (_, bit: string) =>
    role === 'server' ? (bit === '6' ? 'fe' : 'ff') : bit === '6' ? '7e' : '7f',
  );

describe('a client reads', () => {
  testThreeWays(toClient, (chunks) => readAll({ role: 'client' }, chunks), '89 00');
});

/** RFC 7692 6: where an extension gave RSV1 a meaning. */
const withRsv1: WireVector<Read | Fault>[] = [
  {
    name: 'RFC 7692 7.2.3.1: a text with RSV1',
    hex: 'c1 07 f2 48 cd c9 c9 07 00',
    expected: [{ opcode: Opcode.Text, rsv1: true, payload: 'f2 48 cd c9 c9 07 00' }],
  },
  {
    name: 'RFC 7692 7.2.3.1: fragments, of which only the first has it',
    hex: '41 03 f2 48 cd 80 04 c9 c9 07 00',
    expected: [
      { opcode: Opcode.Text, fin: false, rsv1: true, payload: 'f2 48 cd' },
      { opcode: Opcode.Continuation, payload: 'c9 c9 07 00' },
    ],
  },
  { name: 'a message without it', hex: '82 01 00', expected: [{ opcode: Opcode.Binary, payload: '00' }] },
  ...['c0', '40', 'c8', 'c9', 'ca'].map((hex) => ({
    name: `RFC 7692 6: RSV1 on ${hex}, which begins no message`,
    hex,
    expected: [fault('reserved-bits')],
  })),
  ...['a1', '91', 'e2', 'd2', 'f1'].map((hex) => ({
    name: `RFC 6455 5.2: other reserved bits: ${hex}`,
    hex,
    expected: [fault('reserved-bits')],
  })),
];

describe('a client reads, where RSV1 has a meaning', () => {
  testThreeWays(withRsv1, (chunks) => readAll({ role: 'client', allowRsv1: true }, chunks), '89 00');
});

describe('a server reads', () => {
  testThreeWays(toServer, (chunks) => readAll({ role: 'server' }, chunks), '89 80 00 00 00 00');
});

for (const role of roles) {
  describe(`a ${role} refuses`, () => {
    const vectors = lengthFaults.map(({ name, hex, fault: code, closeCode }) => ({
      name,
      hex: forRole(hex, role),
      expected: [fault(code, closeCode)],
    }));
    testThreeWays([...headerFaults, ...vectors], (chunks) => readAll({ role }, chunks), '00 00 00 00');
  });
}

describe('RFC 6455 5.2: every form of the length, at its bounds', () => {
  const lengths = [0, 1, 125, 126, 127, 65535, 65536, 65537];
  for (const role of roles) {
    for (const length of lengths) {
      test(`${length} bytes, to a ${role}`, () => {
        const payload = new Uint8Array(length).map((_, index) => index * 7);
        const maskingKey = role === 'server' ? { maskingKey: fromHex('01 80 ff 00') } : {};
        const bytes = encodeFrame({ opcode: Opcode.Binary, payload, ...maskingKey });
        const header = bytes.length - length;
        for (const chunks of [[bytes], [...byteByByte(bytes.subarray(0, header + 1)), bytes.subarray(header + 1)]]) {
          const decoder = new FrameDecoder({ role });
          const frames = chunks.flatMap((chunk) => decoder.push(chunk));
          expect(frames).toHaveLength(1);
          expect(Buffer.compare(frames[0]?.payload ?? new Uint8Array(0), payload)).toBe(0);
        }
      });
    }
  }
});

describe('the limit on a frame', () => {
  const bytesOf = (length: number, opcode: Opcode = Opcode.Binary) =>
    encodeFrame({ opcode, payload: new Uint8Array(length) });

  for (const limit of [0, 10, 125, 126, 300, 65535, 65536]) {
    test(`${limit} bytes are taken, and one more is refused before its payload`, () => {
      const options = { role: 'client', maxFrameBytes: limit } as const;
      expect(readAll(options, [bytesOf(limit)])).toHaveLength(1);
      const header = bytesOf(limit + 1).subarray(0, -(limit + 1));
      expect(readAll(options, byteByByte(header))).toEqual([fault('frame-too-large', 1009)]);
    });
  }

  it('names the length and the limit', () => {
    const decoder = new FrameDecoder({ role: 'client', maxFrameBytes: 100 });
    expect(() => decoder.push(fromHex('82 7e 03 e8'))).toThrow(/1000 bytes.*100/);
  });

  it('does not hold for control frames, which have their own', () => {
    const options = { role: 'client', maxFrameBytes: 10 } as const;
    expect(readAll(options, [bytesOf(125, Opcode.Ping)])).toMatchObject([{ opcode: Opcode.Ping }]);
  });

  it('is 16 MiB by default, and nothing is taken for what is only announced (CVE-2022-35922)', () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 100 }, () => new FrameDecoder({ role: 'client' }));
    for (const decoder of decoders) expect(decoder.push(fromHex('82 7f 00 00 00 00 01 00 00 00 61'))).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 2 ** 20);
    expect(decoders[0]?.partial).toMatchObject({ payloadBytes: 2 ** 24 });
  });
});

describe('a frame whose payload is on its way', () => {
  it('is told as soon as its header is whole, its mask included', () => {
    const decoder = new FrameDecoder({ role: 'server' });
    for (const byte of byteByByte(fromHex('01 fe 01 00 37 fa 21'))) decoder.push(byte);
    expect(decoder.partial).toBeUndefined();
    decoder.push(fromHex('3d'));
    expect(decoder.partial).toMatchObject({ fin: false, opcode: Opcode.Text, payloadBytes: 256 });
  });

  it('shows what has arrived, unmasked, from any place', () => {
    const decoder = new FrameDecoder({ role: 'server' });
    decoder.push(fromHex('81 85 37 fa 21 3d 7f 9f 4d'));
    expect(formatHex(decoder.peekPayload(0))).toBe('48 65 6c');
    expect(formatHex(decoder.peekPayload(2))).toBe('6c');
    expect(formatHex(decoder.peekPayload(3))).toBe('');
    decoder.feed(fromHex('51'));
    expect(formatHex(decoder.peekPayload(3))).toBe('6c');
    expect(decoder.push(fromHex('58')).map(summary)).toMatchObject([{ payload: hello }]);
    expect(decoder.partial).toBeUndefined();
  });

  it('does not show the bytes of the frame behind it', () => {
    const decoder = new FrameDecoder({ role: 'client' });
    decoder.feed(fromHex('82 02 61'));
    decoder.next();
    decoder.feed(fromHex('62 81 01 63'));
    expect(formatHex(decoder.peekPayload(0))).toBe('61 62');
  });
});

it('throws the same fault for ever, and reads nothing behind it', () => {
  const decoder = new FrameDecoder({ role: 'client' });
  const first = thrownBy(() => decoder.push(fromHex('83 00')));
  expect(first).toMatchObject({ code: 'unknown-opcode' });
  expect(thrownBy(() => decoder.push(fromHex('81 01 61')))).toBe(first);
  expect(thrownBy(() => decoder.next())).toBe(first);
});

it('answers the frames before a fault first, and throws in the next call', () => {
  const decoder = new FrameDecoder({ role: 'client' });
  expect(decoder.push(fromHex('81 01 61 83 00'))).toHaveLength(1);
  expect(() => decoder.push(new Uint8Array(0))).toThrow(/unknown-opcode/);
});

it('does not write into the chunks of its caller', () => {
  const chunk = fromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
  const before = chunk.slice();
  new FrameDecoder({ role: 'server' }).push(chunk);
  expect(chunk).toEqual(before);
});

it('takes a Buffer as the bytes that it holds, and answers a Uint8Array of them', () => {
  const chunk = Buffer.from(fromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58 81 85 37 fa 21 3d 7f'));
  const before = Buffer.from(chunk);
  const decoder = new FrameDecoder({ role: 'server' });
  const [frame] = decoder.push(chunk);
  expect(frame?.payload.constructor).toBe(Uint8Array);
  expect(formatHex(decoder.peekPayload(0))).toBe('48');
  expect(formatHex(decoder.peekPayload(0)), 'again').toBe('48');
  expect(Buffer.compare(chunk, before), 'the chunk is as it was').toBe(0);
  const [unmasked] = new FrameDecoder({ role: 'client' }).push(Buffer.from(fromHex(`82 05 ${hello}`)));
  expect(unmasked?.payload).toEqual(fromHex(hello));
  expect(unmasked?.payload.constructor).toBe(Uint8Array);
});

it('keeps a key that outlives the chunk', () => {
  const chunk = fromHex('81 80 37 fa 21 3d');
  const [frame] = new FrameDecoder({ role: 'server' }).push(chunk);
  chunk.fill(0);
  expect(formatHex(frame?.maskingKey as Uint8Array)).toBe('37 fa 21 3d');
});

function thrownBy(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  return undefined;
}

// Invariant: any bytes, valid or not, give the same frames and the same fault under any cutting, and only a
// HoldfastError is thrown.
describe('any bytes under any cutting', () => {
  const frame = fc.record({
    fin: fc.boolean(),
    opcode: fc.constantFrom(Opcode.Continuation, Opcode.Text, Opcode.Binary),
    payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 124, maxLength: 130 })),
    maskingKey: fc.uint8Array({ minLength: 4, maxLength: 4 }),
  });
  const stream = fc.array(
    fc.oneof({ weight: 4, arbitrary: frame.map(encodeFrame) }, fc.uint8Array({ maxLength: 12 })),
    {
      maxLength: 6,
    },
  );

  test('read the same', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 12 }), fc.constantFrom(...roles), (parts, cuts, role) => {
        const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
        const options = { role, maxFrameBytes: 128 };
        const whole = readAll(options, [bytes]);
        expect(readAll(options, byteByByte(bytes))).toEqual(whole);
        expect(readAll(options, cutAt(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
