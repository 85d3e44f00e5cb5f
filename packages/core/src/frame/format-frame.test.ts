import { describe, expect, it, test } from 'vitest';
import type { FrameInit } from './frame-header.ts';
import { formatFrame, formatFrameDiagram } from './format-frame.ts';
import { Opcode } from './frame.ts';
import { fromHex } from './three-ways.test-helper.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const maskingKey = fromHex('37 fa 21 3d');
const none = new Uint8Array(0);

const lines: { name: string; frame: FrameInit; line: string }[] = [
  {
    name: 'a masked text',
    frame: { opcode: Opcode.Text, payload: utf8('Hello'), maskingKey },
    line: 'TEXT fin masked 37 fa 21 3d, 5 bytes: "Hello"',
  },
  {
    name: 'a first fragment',
    frame: { fin: false, opcode: Opcode.Text, payload: utf8('H') },
    line: 'TEXT, 1 byte: "H"',
  },
  {
    name: 'a continuation',
    frame: { opcode: Opcode.Continuation, payload: utf8('lo') },
    line: 'CONTINUATION fin, 2 bytes: 6c 6f',
  },
  {
    name: 'binary',
    frame: { opcode: Opcode.Binary, payload: Uint8Array.of(0, 255) },
    line: 'BINARY fin, 2 bytes: 00 ff',
  },
  { name: 'an empty ping', frame: { opcode: Opcode.Ping, payload: none }, line: 'PING fin, 0 bytes' },
  { name: 'a pong', frame: { opcode: Opcode.Pong, payload: utf8('a') }, line: 'PONG fin, 1 byte: 61' },
  {
    name: 'reserved bits',
    frame: { rsv1: true, rsv2: true, rsv3: true, opcode: Opcode.Binary, payload: none },
    line: 'BINARY fin rsv1 rsv2 rsv3, 0 bytes',
  },
  {
    name: 'a close frame',
    frame: { opcode: Opcode.Close, payload: fromHex('03 e8') },
    line: 'CLOSE fin, 2 bytes: 1000',
  },
  {
    name: 'a close frame with a reason',
    frame: { opcode: Opcode.Close, payload: fromHex('03 e8 62 79 65') },
    line: 'CLOSE fin, 5 bytes: 1000 "bye"',
  },
  { name: 'a close frame without a code', frame: { opcode: Opcode.Close, payload: none }, line: 'CLOSE fin, 0 bytes' },
  {
    name: 'a close frame of 1 byte, which is none',
    frame: { opcode: Opcode.Close, payload: fromHex('03') },
    line: 'CLOSE fin, 1 byte: 03',
  },
  {
    name: 'a close code that may not travel, as bytes',
    frame: { opcode: Opcode.Close, payload: fromHex('03 ee 61') },
    line: 'CLOSE fin, 3 bytes: 03 ee 61',
  },
  {
    name: 'a close reason that is no text, as bytes',
    frame: { opcode: Opcode.Close, payload: fromHex('03 e8 ff') },
    line: 'CLOSE fin, 3 bytes: 03 e8 ff',
  },
  {
    name: 'a text that ends inside a character, as bytes',
    frame: { fin: false, opcode: Opcode.Text, payload: fromHex('61 e2 82') },
    line: 'TEXT, 3 bytes: 61 e2 82',
  },
  {
    name: 'a text with control characters, escaped',
    frame: { opcode: Opcode.Text, payload: utf8('a"\u001b\n') },
    line: 'TEXT fin, 4 bytes: "a\\"\\u001b\\n"',
  },
  {
    name: 'a text with characters that turn its direction, end its line or steer a terminal, escaped',
    frame: { opcode: Opcode.Text, payload: utf8('\x7f\x9b\u2028\u202ea\u2066') },
    line: 'TEXT fin, 13 bytes: "\\u007f\\u009b\\u2028\\u202ea\\u2066"',
  },
  {
    name: '32 characters, whole',
    frame: { opcode: Opcode.Text, payload: utf8('a'.repeat(32)) },
    line: `TEXT fin, 32 bytes: "${'a'.repeat(32)}"`,
  },
  {
    name: '33 characters, by their start',
    frame: { opcode: Opcode.Text, payload: utf8('a'.repeat(33)) },
    line: `TEXT fin, 33 bytes: "${'a'.repeat(32)}" ...`,
  },
  {
    name: 'a long text of 3-byte characters, by whole characters',
    frame: { opcode: Opcode.Text, payload: utf8('€'.repeat(100)) },
    line: `TEXT fin, 300 bytes: "${'€'.repeat(32)}" ...`,
  },
  {
    name: 'a long text of 4-byte characters, by whole characters',
    frame: { opcode: Opcode.Text, payload: utf8(`a${'👋'.repeat(40)}`) },
    line: `TEXT fin, 161 bytes: "a${'👋'.repeat(31)}" ...`,
  },
  {
    name: '33 bytes, by their start',
    frame: { opcode: Opcode.Binary, payload: new Uint8Array(33) },
    line: `BINARY fin, 33 bytes: ${'00 '.repeat(32)}...`,
  },
  {
    name: 'a close frame of 33 bytes that is none, by its start',
    frame: { opcode: Opcode.Close, payload: new Uint8Array(33) },
    line: `CLOSE fin, 33 bytes: ${'00 '.repeat(32)}...`,
  },
];

describe('a line', () => {
  for (const { name, frame, line } of lines)
    test(name, () => {
      expect(formatFrame(frame)).toBe(line);
    });
});

describe('a diagram', () => {
  it('draws the masked "Hello" of RFC 6455 5.7', () => {
    const drawing = formatFrameDiagram({ opcode: Opcode.Text, payload: utf8('Hello'), maskingKey });
    expect(drawing).toMatchInlineSnapshot(`
      " 0                   1                   2                   3
       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |F|R|R|R| opcode|M| Payload len |          Masking-key          |
      |1|0|0|0|  0x1  |1|      5      |             37 fa             |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |              ...              |     Payload data (masked)     |
      |             21 3d             |             7f 9f             |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                      ...                      |
      |                    4d 51 58                   |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+"
    `);
  });

  it('draws an extended length over two rows, and the start of a long payload', () => {
    const drawing = formatFrameDiagram({
      fin: false,
      rsv1: true,
      opcode: Opcode.Binary,
      payload: new Uint8Array(65536),
    });
    expect(drawing).toMatchInlineSnapshot(`
      " 0                   1                   2                   3
       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
      |0|1|0|0|  0x2  |0|     127     |             00 00             |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 01                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |              ...              |          Payload data         |
      |             00 00             |             00 00             |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |                              ...                              |
      |                          00 00 00 00                          |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |              ...              |
      |             00 00             |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
       and 65504 more bytes of payload"
    `);
  });

  it('draws no payload where there is none', () => {
    expect(formatFrameDiagram({ opcode: Opcode.Ping, payload: none })).toMatchInlineSnapshot(`
      " 0                   1                   2                   3
       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
      |F|R|R|R| opcode|M| Payload len |
      |1|0|0|0|  0x9  |0|      0      |
      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+"
    `);
  });

  for (const { name, frame } of lines)
    test(`has rows of the same width as their rules: ${name}`, () => {
      const rows = formatFrameDiagram(frame).split('\n');
      rows.forEach((row, index) => {
        if (row.startsWith('|')) {
          const rule = rows.slice(index).find((other) => other.startsWith('+'));
          expect(row).toHaveLength((rule as string).length);
        }
      });
    });
});
