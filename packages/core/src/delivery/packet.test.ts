import { describe, expect, test } from 'vitest';
import { formatData, messageOf, parsePacket } from './packet.ts';

describe('packets of bytes', () => {
  const lengths = [0, 1, 60, 2_000, 5_000, 8_000, 8_189, 8_190, 9_000, 60, 2_000, 2_000, 2_000, 60];

  test('stay as they are while others are made, however long', () => {
    const messages = lengths.map((length, at) => new Uint8Array(length).fill(at + 1));
    const packets = messages.map((message, at) => formatData(at + 1, message) as Uint8Array);
    for (const [at, packet] of packets.entries()) {
      expect(parsePacket(packet)).toEqual({ type: 'data', number: at + 1, message: messages[at] });
      expect(messageOf(packet)).toEqual(messages[at]);
    }
  });

  test('that are short take no more than a piece of memory for all', () => {
    const packets = Array.from({ length: 20 }, (_, at) => formatData(at + 1, new Uint8Array(64)) as Uint8Array);
    expect(new Set(packets.map(({ buffer }) => buffer)).size).toBeLessThanOrEqual(2);
  });
});
