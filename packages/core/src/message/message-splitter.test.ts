import { describe, expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { encodeFrame } from '../frame/encode-frame.ts';
import { Opcode } from '../frame/frame.ts';
import { messageFrames, splitPayload } from './message-splitter.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a payload is cut', () => {
  for (const { length, maxBytes, pieces } of [
    { length: 0, maxBytes: 4, pieces: [0] },
    { length: 3, maxBytes: 4, pieces: [3] },
    { length: 4, maxBytes: 4, pieces: [4] },
    { length: 5, maxBytes: 4, pieces: [4, 1] },
    { length: 8, maxBytes: 4, pieces: [4, 4] },
    { length: 3, maxBytes: 1, pieces: [1, 1, 1] },
    { length: 1000, maxBytes: Number.POSITIVE_INFINITY, pieces: [1000] },
  ]) {
    test(`of ${length} bytes, at most ${maxBytes} a piece, into ${pieces.join(' + ')}`, () => {
      const payload = new Uint8Array(length).map((_, index) => index);
      const cut = splitPayload(payload, maxBytes);
      expect(cut.map((piece) => piece.length)).toEqual(pieces);
      expect(Buffer.concat(cut)).toEqual(Buffer.from(payload));
      for (const piece of cut) expect(piece.buffer, 'a view, no copy').toBe(payload.buffer);
    });
  }
});

describe('RFC 6455 5.4: the frames of a message', () => {
  for (const { name, pieces, hex } of [
    { name: 'in one piece are one frame', pieces: ['hello'], hex: ['81 05 68 65 6c 6c 6f'] },
    {
      name: 'in three pieces are a text, a continuation, and a continuation with fin',
      pieces: ['and a', 'happy new', 'year!'],
      hex: ['01 05 61 6e 64 20 61', '00 09 68 61 70 70 79 20 6e 65 77', '80 05 79 65 61 72 21'],
    },
    { name: 'without a payload are one empty frame', pieces: [''], hex: ['81 00'] },
    { name: 'may be empty one by one', pieces: ['', '', ''], hex: ['01 00', '00 00', '80 00'] },
  ]) {
    test(name, () => {
      const frames = messageFrames(Opcode.Text, pieces.map(utf8));
      expect(frames.map((frame) => formatHex(encodeFrame(frame)))).toEqual(hex);
    });
  }

  it('carry the type in the first only', () => {
    const frames = messageFrames(Opcode.Binary, [utf8('a'), utf8('b')]);
    expect(frames.map(({ opcode }) => opcode)).toEqual([Opcode.Binary, Opcode.Continuation]);
  });
});
