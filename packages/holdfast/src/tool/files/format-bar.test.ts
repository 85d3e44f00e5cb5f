import { expect, test } from 'vitest';
import { formatBytes, formatSeconds } from './format-amount.ts';
import { formatBar } from './format-bar.ts';

const plain = (_tint: unknown, text: string) => text;

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1000, '1.0 kB'],
  [123_456_789, '123 MB'],
  [2 ** 31, '2.1 GB'],
  [5e15, '5,000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0:00'],
  [6.2, '0:07'],
  [3599, '59:59'],
  [3725, '1:02:05'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

const half = { name: 'video.mp4', size: 1e9, done: 5e8, bytes: 2e8, seconds: 2 };

test('a bar tells how far, how fast and how long still', () => {
  expect(formatBar(half, 80, plain)).toBe('video.mp4 [##########..........]  50%    100 MB/s  0:05 left');
  expect(formatBar({ ...half, done: 0, bytes: 0, seconds: 0 }, 80, plain)).toContain('  0%    0 byte/s  -:-- left');
  expect(formatBar({ ...half, size: 0, done: 0, bytes: 0 }, 80, plain)).toContain('[####################] 100%');
});

test.each([
  ['a'.repeat(255), 60],
  ['水'.repeat(85), 60],
  ['a'.repeat(255), 50],
  ['a'.repeat(255), 20],
  ['水'.repeat(85), 20],
  ['\u001b[2J\u202e', 80],
])('a name of any kind leaves it one line: %j in %d columns', (name, columns) => {
  const line = formatBar({ ...half, name }, columns, plain);
  const width = [...line].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0);
  expect(width).toBeLessThan(columns);
  expect(line).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
});
