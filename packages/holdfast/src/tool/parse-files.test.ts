import { expect, test } from 'vitest';
import type { ReceiveCommand, SendCommand } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const send = (...argv: string[]) => parseArguments(['send', ...argv]) as SendCommand;
const receive = (...argv: string[]) => parseArguments(['receive', ...argv]) as ReceiveCommand;

test('the last argument is the URL, and all others are files', () => {
  const { name, paths, line, checksum, as, id, waitMs, isOnce } = send('a.bin', 'b c.bin', 'localhost:8080/files');
  expect({ name, paths, line, checksum, as, id, waitMs, isOnce }).toEqual({
    name: 'send',
    paths: ['a.bin', 'b c.bin'],
    line: expect.objectContaining({ url: 'ws://localhost:8080/files', connectTimeoutMs: 15_000 }) as object,
    checksum: 'sha-256',
    as: undefined,
    id: undefined,
    waitMs: undefined,
    isOnce: false,
  });
});

test('with --listen all arguments are files, and both commands are servers on this machine', () => {
  expect(send('a.bin', 'b.bin', '-l', '0')).toMatchObject({ paths: ['a.bin', 'b.bin'], line: { host: '127.0.0.1' } });
  expect(receive('inbox', '--listen', '8080', '--host', '::')).toMatchObject({ folder: 'inbox', line: { host: '::' } });
});

test('a receiver takes files of any size, and a name that is taken is left to its file', () => {
  expect(receive('inbox', 'wss://a.test')).toMatchObject({
    folder: 'inbox',
    existing: 'rename',
    maxBytes: Number.MAX_SAFE_INTEGER,
    line: { url: 'wss://a.test/' },
  });
  expect(receive('inbox', 'a.test', '--existing', 'refuse', '--max-bytes', '1000', '--once')).toMatchObject({
    existing: 'refuse',
    maxBytes: 1000,
    isOnce: true,
  });
});

test.each([
  ['0', 0],
  ['2.5', 2500],
  ['forever', Number.POSITIVE_INFINITY],
])('--wait %s is %d ms', (given, waitMs) => {
  expect(send('a.bin', 'a.test', '--wait', given).waitMs).toBe(waitMs);
});

test.each([
  [['send'], 'no URL is given'],
  [['send', 'a.test'], 'no file is given'],
  [['send', '--listen', '0'], 'no file is given'],
  [['send', 'a.bin', 'ftp://a.test'], 'the URL is none of'],
  [['send', 'a.bin', 'a.test', '--checksum', 'crc'], 'sha-256 or md5'],
  [['send', 'a.bin', 'b.bin', 'a.test', '--as', 'c.bin'], 'for one file'],
  [['send', 'a.bin', 'a.test', '--id', 'short'], '16 to 64'],
  [['send', 'a.bin', 'a.test', '--existing', 'refuse'], '--existing is for receive'],
  [['send', 'a.bin', 'a.test', '--message', 'b'], '--message is not for send'],
  [['receive', 'a.test'], 'one folder is taken'],
  [['receive', 'a', 'b', 'a.test'], 'one folder is taken'],
  [['receive', 'a', 'a.test', '--existing', 'keep'], 'refuse, rename or overwrite'],
  [['receive', 'a', 'a.test', '--max-bytes', '1e9'], 'it takes a count of bytes'],
  [['receive', 'a', 'a.test', '--id', 'b'.repeat(16)], '--id is for send'],
  [['receive', 'a', 'a.test', '--host', '::'], '--host is for --listen'],
  [['receive', 'a', '--listen', '0', '--insecure'], '--insecure is not for --listen'],
  [['a.test', '--checksum', 'md5'], '--checksum is for send and receive'],
])('%j is refused: %s', (argv, why) => {
  expect(() => parseArguments(argv)).toThrow(why);
});
