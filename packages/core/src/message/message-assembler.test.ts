import { describe, expect, it, test } from 'vitest';
import { type Frame, Opcode } from '../frame/frame.ts';
import type { PartialFrame } from '../frame/frame-reader.ts';
import { fromHex } from '../frame/three-ways.test-helper.ts';
import type { Message } from '../message.ts';
import { MessageAssembler, type MessageAssemblerOptions } from './message-assembler.ts';
import type { MessageCodec } from './message-codec.ts';

const plain = { rsv1: false, rsv2: false, rsv3: false };
const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (payload: Uint8Array, fin = true): Frame => ({ ...plain, fin, opcode: Opcode.Text, payload });
const binary = (payload: Uint8Array, fin = true): Frame => ({ ...plain, fin, opcode: Opcode.Binary, payload });
const more = (payload: Uint8Array, fin = true): Frame => ({ ...plain, fin, opcode: Opcode.Continuation, payload });
const none = new Uint8Array(0);

/** The messages that these frames end. */
function assemble(frames: readonly Frame[], options?: MessageAssemblerOptions): Message[] {
  const assembler = new MessageAssembler(options);
  return frames.map((frame) => assembler.push(frame)).filter((message) => message !== undefined);
}

describe('frames become messages', () => {
  for (const { name, frames, messages } of [
    { name: '"hello" in one frame', frames: [text(utf8('hello'))], messages: ['hello'] },
    {
      name: '"and a" + "happy new" + "year!" in three',
      frames: [text(utf8('and a'), false), more(utf8('happy new'), false), more(utf8('year!'))],
      messages: ['and ahappy newyear!'],
    },
    { name: 'an empty text', frames: [text(none)], messages: [''] },
    { name: 'an empty binary', frames: [binary(none)], messages: [none] },
    { name: 'empty fragments only', frames: [text(none, false), more(none, false), more(none)], messages: [''] },
    {
      name: 'empty fragments before, between and behind',
      frames: [
        binary(none, false),
        more(Uint8Array.of(1), false),
        more(none, false),
        more(Uint8Array.of(2), false),
        more(none),
      ],
      messages: [Uint8Array.of(1, 2)],
    },
    {
      name: 'one after the other, of either type',
      frames: [text(utf8('a'), false), more(utf8('b')), binary(Uint8Array.of(255)), text(utf8('c'))],
      messages: ['ab', Uint8Array.of(255), 'c'],
    },
    {
      name: 'binary that is no UTF-8',
      frames: [binary(fromHex('ff fe'), false), more(fromHex('c0'))],
      messages: [fromHex('ff fe c0')],
    },
    { name: 'a leading U+FEFF is kept', frames: [text(utf8('\ufeffa'))], messages: ['\ufeffa'] },
    {
      name: 'a leading U+FEFF in fragments is kept',
      frames: [text(fromHex('ef bb'), false), more(fromHex('bf 61'))],
      messages: ['\ufeffa'],
    },
  ])
    test(name, () => {
      expect(assemble(frames)).toEqual(messages);
    });

  it('with a character split at every place', () => {
    const bytes = utf8('aé€👋z');
    for (let at = 0; at <= bytes.length; at++) {
      expect(assemble([text(bytes.subarray(0, at), false), more(bytes.subarray(at))])).toEqual(['aé€👋z']);
    }
    const single = Array.from(bytes, (byte) => more(Uint8Array.of(byte), false));
    expect(assemble([text(none, false), ...single, more(none)])).toEqual(['aé€👋z']);
  });
});

describe('RFC 6455 5.4: the order of fragments', () => {
  for (const { name, frames, code } of [
    { name: 'a continuation of nothing', frames: [more(none)], code: 'continuation-unexpected' },
    { name: 'a continuation of nothing, not the last', frames: [more(none, false)], code: 'continuation-unexpected' },
    {
      name: 'a continuation behind a whole message',
      frames: [text(utf8('a')), more(none)],
      code: 'continuation-unexpected',
    },
    {
      name: 'a continuation behind the last fragment',
      frames: [text(none, false), more(none), more(none)],
      code: 'continuation-unexpected',
    },
    { name: 'a text inside a message', frames: [text(none, false), text(none)], code: 'continuation-expected' },
    { name: 'a binary inside a message', frames: [text(none, false), binary(none)], code: 'continuation-expected' },
    {
      name: 'a first fragment inside a message',
      frames: [binary(none, false), binary(none, false)],
      code: 'continuation-expected',
    },
  ])
    test(`${name} is refused`, () => {
      const assembler = new MessageAssembler();
      for (const frame of frames.slice(0, -1)) assembler.push(frame);
      expect(() => assembler.push(frames.at(-1) as Frame)).toThrow(expect.objectContaining({ code, closeCode: 1002 }));
    });
});

describe('RFC 6455 8.1: text that is not UTF-8', () => {
  for (const { name, frames } of [
    { name: 'in one frame', frames: [text(fromHex('61 ff'))] },
    { name: 'in the first fragment, before the others', frames: [text(fromHex('61 c0'), false)] },
    { name: 'in a later fragment, before the last', frames: [text(utf8('a'), false), more(fromHex('ed a0'), false)] },
    { name: 'across two fragments', frames: [text(fromHex('e2 82'), false), more(utf8('a'), false)] },
    { name: 'that ends inside a character', frames: [text(fromHex('61 e2 82'))] },
    { name: 'that ends inside a character, in fragments', frames: [text(fromHex('e2'), false), more(fromHex('82'))] },
    {
      name: 'that ends inside a character, with an empty last fragment',
      frames: [text(fromHex('e2 82'), false), more(none)],
    },
  ])
    test(`${name} is refused`, () => {
      const assembler = new MessageAssembler();
      for (const frame of frames.slice(0, -1)) assembler.push(frame);
      expect(() => assembler.push(frames.at(-1) as Frame)).toThrow(
        expect.objectContaining({ code: 'utf8-invalid', closeCode: 1007 }),
      );
    });
});

it('names the place of a wrong byte in its own message', () => {
  const assembler = new MessageAssembler();
  for (const frame of [text(utf8('long before'), false), more(utf8('and done')), text(utf8('a'), false)]) {
    assembler.push(frame);
  }
  expect(() => assembler.push(more(fromHex('ff')))).toThrow(/0xff at 1 /);
});

describe('the limit on a message', () => {
  const of = (length: number) => new Uint8Array(length);
  const options = { maxMessageBytes: 10 };
  const tooLarge = expect.objectContaining({ code: 'message-too-large', closeCode: 1009 });

  for (const { name, frames } of [
    { name: 'one frame', frames: [binary(of(10))] },
    { name: 'fragments', frames: [binary(of(4), false), more(of(6), false), more(none)] },
  ])
    test(`takes 10 bytes in ${name}`, () => {
      expect(assemble(frames, options)).toEqual([of(10)]);
    });

  for (const { name, frames } of [
    { name: 'one frame', frames: [binary(of(11))] },
    { name: 'a text', frames: [text(of(11))] },
    { name: 'fragments', frames: [binary(of(4), false), more(of(7), false)] },
    { name: 'the last fragment', frames: [binary(of(10), false), more(of(1))] },
  ])
    test(`refuses 11 bytes in ${name}`, () => {
      expect(() => assemble(frames, options)).toThrow(tooLarge);
    });

  it('refuses a frame by what its header announces', () => {
    const assembler = new MessageAssembler(options);
    assembler.push(binary(of(4), false));
    const partial: PartialFrame = { fin: true, rsv1: false, opcode: Opcode.Continuation, payloadBytes: 7 };
    expect(() => assembler.check(partial, () => none)).toThrow(tooLarge);
  });

  it('counts each message for itself', () => {
    const frames = [binary(of(4), false), more(of(6)), binary(of(10)), text(of(10), false), more(none)];
    expect(assemble(frames, options)).toHaveLength(3);
  });

  it('names the size and the limit', () => {
    expect(() => assemble([binary(of(11))], options)).toThrow(/11 bytes.*10/);
  });
});

describe('the limits on fragments', () => {
  const of = (length: number) => new Uint8Array(length);
  /** A message in so many fragments of this size. */
  const pieces = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, index) => (index === 0 ? binary : more)(of(bytes), index === count - 1));

  for (const { name, options, taken, refused, code } of [
    {
      name: 'their number',
      options: { maxFragments: 5 },
      taken: pieces(5, 100),
      refused: pieces(6, 100),
      code: 'too-many-fragments',
    },
    {
      name: 'what empty ones cost',
      options: { maxFragmentOverheadBytes: 640 },
      taken: pieces(10, 0),
      refused: pieces(11, 0),
      code: 'fragment-overhead',
    },
    {
      name: 'what tiny ones cost',
      options: { maxFragmentOverheadBytes: 630 },
      taken: pieces(10, 1),
      refused: pieces(11, 1),
      code: 'fragment-overhead',
    },
  ]) {
    test(`${name}: at the limit a message is taken, and the next again`, () => {
      expect(assemble([...taken, ...taken], options)).toHaveLength(2);
    });

    test(`${name}: one over is refused`, () => {
      const assembler = new MessageAssembler(options);
      for (const frame of refused.slice(0, -1)) assembler.push(frame);
      expect(() => assembler.push(refused.at(-1) as Frame)).toThrow(expect.objectContaining({ code, closeCode: 1008 }));
    });

    test(`${name}: one over is refused by its header`, () => {
      const assembler = new MessageAssembler(options);
      for (const frame of refused.slice(0, -1)) assembler.push(frame);
      const last = refused.at(-1) as Frame;
      const partial = { fin: true, rsv1: false, opcode: Opcode.Continuation, payloadBytes: last.payload.length };
      expect(() => assembler.check(partial, () => none)).toThrow(expect.objectContaining({ code }));
    });
  }

  test('fragments of 64 bytes and more cost nothing', () => {
    expect(assemble(pieces(1000, 64), { maxFragmentOverheadBytes: 0 })).toEqual([of(64_000)]);
  });

  test('a message in one frame is in no fragments', () => {
    expect(assemble([binary(of(1)), text(none)], { maxFragments: 0, maxFragmentOverheadBytes: 0 })).toHaveLength(2);
  });

  test('by default a message of 4 MiB may come in pieces of 64 bytes', () => {
    expect(assemble(pieces(65_536, 64)).map(({ length }) => length)).toEqual([2 ** 22]);
  });
});

describe('a frame that is still arriving', () => {
  const partial = (opcode: Opcode, payloadBytes: number): PartialFrame => ({
    fin: true,
    rsv1: false,
    opcode,
    payloadBytes,
  });

  it('is refused at the first byte that is no text', () => {
    const assembler = new MessageAssembler();
    const payload = fromHex('61 62 ff 63 64 65');
    const upTo = (end: number) => (from: number) => payload.subarray(from, end);
    assembler.check(partial(Opcode.Text, 6), upTo(0));
    assembler.check(partial(Opcode.Text, 6), upTo(2));
    expect(() => assembler.check(partial(Opcode.Text, 6), upTo(3))).toThrow(/utf8-invalid: byte 0xff at 2 /);
  });

  it('is checked byte by byte once, and then as a whole', () => {
    const assembler = new MessageAssembler();
    const payload = utf8('€€');
    const asked: number[] = [];
    for (const end of [1, 2, 5]) {
      assembler.check(partial(Opcode.Text, 6), (from) => {
        asked.push(from);
        return payload.subarray(from, end);
      });
    }
    expect(asked, 'only what is new is looked at').toEqual([0, 1, 2]);
    expect(assembler.push(text(payload))).toBe('€€');
    expect(assembler.push(text(utf8('next'))), 'nothing is left over').toBe('next');
  });

  it('is refused where it is out of order', () => {
    const assembler = new MessageAssembler();
    expect(() => assembler.check(partial(Opcode.Continuation, 6), () => none)).toThrow(/continuation-unexpected/);
    assembler.push(text(utf8('a'), false));
    expect(() => assembler.check(partial(Opcode.Text, 6), () => none)).toThrow(/continuation-expected/);
  });

  it('of binary is not looked at', () => {
    const assembler = new MessageAssembler();
    const peek = () => {
      throw new Error('was looked at');
    };
    expect(() => assembler.check(partial(Opcode.Binary, 6), peek)).not.toThrow();
  });
});

it('takes endless empty fragments without keeping anything for them (CVE-2026-12151)', () => {
  const assembler = new MessageAssembler();
  assembler.push(binary(Uint8Array.of(1), false));
  for (let count = 0; count < 10_000; count++) assembler.push(more(none, false));
  const message = assembler.push(more(none)) as Uint8Array;
  expect(message).toEqual(Uint8Array.of(1));
  expect(message.buffer.byteLength).toBeLessThanOrEqual(64);
});

describe('a message that an extension encoded', () => {
  /** Turns each byte into two, at most 8 of them. */
  const doubling: MessageCodec = {
    encode: () => undefined,
    decode: (fragment, _fin, maxBytes) =>
      2 * fragment.length > maxBytes ? undefined : Uint8Array.from([...fragment].flatMap((byte) => [byte, byte])),
    maxEncodedBytes: (bytes) => bytes + 2,
  };
  const encoded = (frame: Frame): Frame => ({ ...frame, rsv1: true });
  const options = { codec: doubling, maxMessageBytes: 8 };

  test.each([
    ['in one frame', [encoded(text(utf8('ab')))], ['aabb']],
    ['in fragments, of which the first says so', [encoded(text(utf8('a'), false)), more(utf8('b'))], ['aabb']],
    [
      'between others',
      [text(utf8('a')), encoded(binary(Uint8Array.of(1))), text(utf8('b'))],
      ['a', Uint8Array.of(1, 1), 'b'],
    ],
    ['of nothing', [encoded(binary(none, false)), more(none)], [none]],
    ['just at the limit', [encoded(text(utf8('ab'), false)), more(utf8('cd'))], ['aabbccdd']],
  ] as [string, Frame[], Message[]][])('is decoded: %s', (_name, frames, messages) => {
    expect(assemble(frames, options)).toEqual(messages);
  });

  test.each([
    ['over the limit once it is decoded', [encoded(text(utf8('abcde')))], 'message-too-large'],
    ['over the limit by its last fragment', [encoded(text(utf8('abcd'), false)), more(utf8('e'))], 'message-too-large'],
    ['longer than any of its kind', [encoded(binary(new Uint8Array(11)))], 'message-too-large'],
    ['that is no text', [encoded(text(fromHex('c3')))], 'utf8-invalid'],
    ['that is no text, in its first fragment', [encoded(text(fromHex('e2 82'), false))], 'utf8-invalid'],
  ] as [string, Frame[], string][])('is refused: %s', (_name, frames, code) => {
    expect(() => assemble(frames, options)).toThrow(expect.objectContaining({ code }));
  });

  test('is refused by its header where it is too long, and not looked at before it is whole', () => {
    const assembler = new MessageAssembler(options);
    const partial = { fin: true, rsv1: true, opcode: Opcode.Text };
    const peek = () => {
      throw new Error('was looked at');
    };
    expect(() => assembler.check({ ...partial, payloadBytes: 11 }, peek)).toThrow(/message-too-large/);
    expect(() => assembler.check({ ...partial, payloadBytes: 10 }, peek)).not.toThrow();
  });

  test('is refused where there is no extension', () => {
    expect(() => assemble([encoded(text(utf8('a')))])).toThrow(
      expect.objectContaining({ code: 'reserved-bits', closeCode: 1002 }),
    );
  });
});
