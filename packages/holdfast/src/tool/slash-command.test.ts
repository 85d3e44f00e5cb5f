import { expect, test } from 'vitest';
import { parseEntry } from './slash-command.ts';

test.each([
  ['hello /ping', { name: 'say', text: 'hello /ping' }],
  ['//etc/hosts', { name: 'say', text: '/etc/hosts' }],
  ['/ping', { name: 'ping' }],
  ['/reconnect', { name: 'reconnect' }],
  ['/help', { name: 'help' }],
  ['/binary 00 ff', { name: 'binary', bytes: Uint8Array.of(0, 255) }],
  ['/close', { name: 'close', code: 1000, reason: '' }],
  ['/quit', { name: 'close', code: 1000, reason: '' }],
  ['/close 4001 see you', { name: 'close', code: 4001, reason: 'see you' }],
  ['/close bye', { name: 'close', code: 1000, reason: 'bye' }],
])('%j asks for %j', (line, entry) => {
  expect(parseEntry(line)).toEqual(entry);
});

test.each([
  ['/png', '/png is no command'],
  ['/', '/ is no command'],
  ['/binary 0g', 'not hex'],
])('%j is refused: %s', (line, why) => {
  expect(() => parseEntry(line)).toThrow(why);
});
