import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { encodeFrame } from './encode-frame.ts';
import type { FrameInit } from './frame-header.ts';
import { type Frame, Opcode } from './frame.ts';
import { FrameDecoder } from './frame-decoder.ts';
import { fromHex } from './three-ways.test-helper.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const maskingKey = fromHex('37 fa 21 3d');

const wholes: { name: string; frame: FrameInit; hex: string }[] = [
  {
    name: 'RFC 6455 5.7: an unmasked text',
    frame: { opcode: Opcode.Text, payload: utf8('Hello') },
    hex: '81 05 48 65 6c 6c 6f',
  },
  {
    name: 'RFC 6455 5.7: a masked text',
    frame: { opcode: Opcode.Text, payload: utf8('Hello'), maskingKey },
    hex: '81 85 37 fa 21 3d 7f 9f 4d 51 58',
  },
  {
    name: 'RFC 6455 5.7: the first fragment',
    frame: { fin: false, opcode: Opcode.Text, payload: utf8('Hel') },
    hex: '01 03 48 65 6c',
  },
  {
    name: 'RFC 6455 5.7: the last fragment',
    frame: { opcode: Opcode.Continuation, payload: utf8('lo') },
    hex: '80 02 6c 6f',
  },
  {
    name: 'RFC 6455 5.7: a ping',
    frame: { opcode: Opcode.Ping, payload: utf8('Hello') },
    hex: '89 05 48 65 6c 6c 6f',
  },
  {
    name: 'RFC 6455 5.7: a masked pong',
    frame: { opcode: Opcode.Pong, payload: utf8('Hello'), maskingKey },
    hex: '8a 85 37 fa 21 3d 7f 9f 4d 51 58',
  },
  { name: 'an empty binary message', frame: { opcode: Opcode.Binary, payload: new Uint8Array(0) }, hex: '82 00' },
  {
    name: 'an empty masked frame has its key all the same',
    frame: { opcode: Opcode.Close, payload: new Uint8Array(0), maskingKey },
    hex: '88 80 37 fa 21 3d',
  },
  {
    name: 'RFC 6455 5.2: each reserved bit in its place',
    frame: { rsv1: true, rsv2: false, rsv3: true, opcode: Opcode.Text, payload: utf8('a') },
    hex: 'd1 01 61',
  },
  { name: 'rsv2 alone', frame: { rsv2: true, opcode: Opcode.Text, payload: utf8('a') }, hex: 'a1 01 61' },
];

for (const { name, frame, hex } of wholes)
  test(name, () => {
    expect(formatHex(encodeFrame(frame))).toBe(hex);
  });

describe('RFC 6455 5.2: the length takes its shortest form', () => {
  test.for([
    { length: 0, header: '82 00' },
    { length: 1, header: '82 01' },
    { length: 125, header: '82 7d' },
    { length: 126, header: '82 7e 00 7e' },
    { length: 127, header: '82 7e 00 7f' },
    { length: 256, header: '82 7e 01 00' },
    { length: 65535, header: '82 7e ff ff' },
    { length: 65536, header: '82 7f 00 00 00 00 00 01 00 00' },
    { length: 70000, header: '82 7f 00 00 00 00 00 01 11 70' },
  ])('$length bytes', ({ length, header }) => {
    const payload = new Uint8Array(length).fill(0x2a);
    const start = fromHex(header);
    const bytes = encodeFrame({ opcode: Opcode.Binary, payload });
    expect(formatHex(bytes.subarray(0, start.length))).toBe(header);
    expect(Buffer.compare(bytes.subarray(start.length), payload)).toBe(0);

    const masked = encodeFrame({ opcode: Opcode.Binary, payload, maskingKey });
    start.set([(start[1] ?? 0) | 0x80], 1);
    expect(formatHex(masked.subarray(0, start.length + 4))).toBe(`${formatHex(start)} 37 fa 21 3d`);
    expect(masked.length).toBe(start.length + 4 + length);
  });
});

describe('what no peer would take is refused', () => {
  for (const { name, frame, says } of [
    ...[3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf, 16, -1].map((opcode) => ({
      name: `opcode ${opcode}`,
      frame: { opcode: opcode as Opcode, payload: new Uint8Array(0) },
      says: new RegExp(`opcode ${opcode}:`),
    })),
    ...[Opcode.Close, Opcode.Ping, Opcode.Pong].flatMap((opcode) => [
      {
        name: `a fragment of control frame ${opcode}`,
        frame: { fin: false, opcode, payload: new Uint8Array(0) },
        says: /fragment/,
      },
      {
        name: `126 bytes in control frame ${opcode}`,
        frame: { opcode, payload: new Uint8Array(126) },
        says: /126.*125/,
      },
    ]),
    {
      name: 'a key of 3 bytes',
      frame: { opcode: Opcode.Text, payload: new Uint8Array(0), maskingKey: new Uint8Array(3) },
      says: /key of 3 bytes/,
    },
    {
      name: 'a key of 5 bytes',
      frame: { opcode: Opcode.Text, payload: new Uint8Array(9), maskingKey: new Uint8Array(5) },
      says: /key of 5 bytes/,
    },
  ] as { name: string; frame: FrameInit; says: RegExp }[])
    test(name, () => {
      expect(() => encodeFrame(frame)).toThrow(
        expect.objectContaining({ code: 'invalid-frame', message: expect.stringMatching(says) }),
      );
    });
});

it('takes a control frame of 125 bytes', () => {
  expect(encodeFrame({ opcode: Opcode.Ping, payload: new Uint8Array(125) })).toHaveLength(127);
});

it('leaves the payload and the key as they were', () => {
  const payload = utf8('Hello');
  const key = maskingKey.slice();
  encodeFrame({ opcode: Opcode.Text, payload, maskingKey: key });
  expect(payload).toEqual(utf8('Hello'));
  expect(key).toEqual(maskingKey);
});

// Invariant: what is encoded is what a peer decodes, for every frame that may travel.
it('is read back by the decoder', () => {
  const plain = { rsv1: false, rsv2: false, rsv3: false };
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 130 }),
    fc.constantFrom(65535, 65536).map((length) => new Uint8Array(length).fill(7)),
  );
  const opcode = fc.constantFrom(Opcode.Continuation, Opcode.Text, Opcode.Binary);
  fc.assert(
    fc.property(opcode, fc.boolean(), payload, fc.option(key, { nil: undefined }), (code, fin, bytes, mask) => {
      const frame = { fin, opcode: code, payload: bytes, ...(mask && { maskingKey: mask }) };
      const frames = new FrameDecoder({ role: mask ? 'server' : 'client' }).push(encodeFrame(frame));
      const [read] = frames as [Frame];
      expect(frames).toHaveLength(1);
      expect({ ...read, payload: bytes.length }).toEqual({ ...plain, ...frame, payload: bytes.length });
      expect(Buffer.compare(read.payload, bytes)).toBe(0);
    }),
    { numRuns: 200 },
  );
});
