import { describe, expect, test } from 'vitest';
import { FrameCounter } from './frame-counter.ts';

/** A compressed text frame of a client, with a payload of so many bytes. */
const frameOf = (size: number, first = 0xc1) => {
  const length = size > 125 ? [0x80 | 126, size >> 8, size & 0xff] : [0x80 | size];
  return Buffer.from([first, ...length, 1, 2, 3, 4, ...new Uint8Array(size).fill(0xff)]);
};
const feed = [1, 125, 126, 300, 64].map((size) => frameOf(size));
const bytes = Buffer.concat(feed);

describe('FrameCounter', () => {
  test.each([1, 2, 3, 7, 64, 131, bytes.length])('counts the frames that come %i bytes at a time', (each) => {
    const counter = new FrameCounter();
    let frames = 0;
    for (let at = 0; at < bytes.length; at += each) frames += counter.push(bytes.subarray(at, at + each));
    expect(frames).toBe(feed.length);
  });

  test('counts a frame only with its last byte', () => {
    const counter = new FrameCounter();
    expect(counter.push(bytes.subarray(0, -1))).toBe(feed.length - 1);
    expect(counter.push(bytes.subarray(-1))).toBe(1);
  });

  test('throws at a message that is not compressed', () => {
    expect(() => new FrameCounter().push(frameOf(64, 0x81))).toThrow('uncompressed');
  });
});
