import { expect, test } from 'vitest';
import type { ConnectCommand, ListenCommand } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const connect = (...argv: string[]) => parseArguments(argv) as ConnectCommand;
const listen = (...argv: string[]) => parseArguments(argv) as ListenCommand;

test.each([
  ['wss://example.org/a', 'wss://example.org/a'],
  ['https://example.org/a', 'wss://example.org/a'],
  ['http://example.org', 'ws://example.org/'],
  ['example.org/a?b=c', 'wss://example.org/a?b=c'],
  ['example.org:8443', 'wss://example.org:8443/'],
  ['localhost:8080/chat', 'ws://localhost:8080/chat'],
  ['127.0.0.1', 'ws://127.0.0.1/'],
  ['[::1]:9', 'ws://[::1]:9/'],
  ['localhost.example.org', 'wss://localhost.example.org/'],
])('the URL %s is %s', (given, url) => {
  expect(connect(given).url).toBe(url);
});

test('a URL alone connects with what is safe and plain', () => {
  expect(connect('wss://example.org')).toEqual({
    name: 'connect',
    url: 'wss://example.org/',
    headers: [],
    protocols: [],
    origin: undefined,
    tls: { ca: [], cert: undefined, key: undefined, servername: undefined, isInsecure: false },
    proxy: undefined,
    socketPath: undefined,
    followRedirects: 0,
    isCompressed: true,
    hasHeartbeat: true,
    connectTimeoutMs: 15_000,
    comesBack: false,
    talk: { messages: [], form: 'text', isWhole: false, isOnce: false, waitMs: 1000 },
    look: { isJson: false, isFull: false, isColourOff: false, frames: 'none' },
  });
});

test('options stand before and behind the URL, and some are given again and again', () => {
  const command = connect(
    '-H',
    'A: 1',
    'x.test',
    '-H',
    'B: 2',
    '-p',
    'v2',
    '-p',
    'v1',
    '-m',
    'a',
    '-m',
    'b',
    '--timeout',
    '0.5',
  );
  expect(command.headers).toEqual(['A: 1', 'B: 2']);
  expect(command.protocols).toEqual(['v2', 'v1']);
  expect(command.talk.messages).toEqual(['a', 'b']);
  expect(command.connectTimeoutMs).toBe(500);
});

test.each([
  [['--once'], Number.POSITIVE_INFINITY],
  [['--once', '--wait', '3'], 3000],
  [['--wait', '0'], 0],
  [['--wait', 'forever'], Number.POSITIVE_INFINITY],
])('with %j it waits %d ms', (more, waitMs) => {
  expect(connect('x.test', ...more).talk.waitMs).toBe(waitMs);
});

test.each([
  [['--binary'], { form: 'binary', isWhole: true }],
  [['--hex'], { form: 'hex', isWhole: false }],
  [['--hex', '--whole'], { form: 'hex', isWhole: true }],
  [['--whole'], { form: 'text', isWhole: true }],
])('with %j the input is %j', (more, talk) => {
  expect(connect('x.test', ...more).talk).toMatchObject(talk);
});

test('a server listens on this machine alone unless it is told otherwise', () => {
  expect(listen('--listen', '8080')).toMatchObject({ name: 'listen', port: 8080, host: '127.0.0.1', answer: 'none' });
  expect(listen('-l', '0', '--echo', '--host', '::')).toMatchObject({ port: 0, host: '::', answer: 'echo' });
  expect(listen('-l', '0', '--relay')).toMatchObject({ answer: 'relay' });
});

test('decode takes hex in one argument or several, or none', () => {
  expect(parseArguments(['decode', '81', '00'])).toMatchObject({ name: 'decode', hex: '81 00' });
  expect(parseArguments(['decode'])).toMatchObject({ name: 'decode', hex: undefined });
});

test.each([
  [[], 'no URL is given'],
  [['a.test', 'b.test'], 'one URL is taken, and there are 2 arguments'],
  [['ftp://a.test'], 'the URL is none of'],
  [['ws://a.test/#b'], 'the URL is none of'],
  [['ws://user:geheim@'], 'the URL is none of'],
  [['a.test', '--colour'], "Unknown option '--colour'"],
  [['a.test', '--ca'], 'argument missing'],
  [['a.test', '--timeout', 'soon'], '--timeout "soon": it takes seconds'],
  [['a.test', '--timeout', '-1'], "Option '--timeout' argument is ambiguous"],
  [['a.test', '--wait', ''], '--wait "": it takes seconds, or forever'],
  [['a.test', '--binary', '--hex'], 'one of the two'],
  [['a.test', '--echo'], '--echo is for --listen'],
  [['--listen', '1', '--insecure'], '--insecure is not for --listen'],
  [['--listen', '1', '--proxy', 'http://p.test'], '--proxy is not for --listen'],
  [['x.test', '--redirects', 'all'], '--redirects "all": it takes a number, 0 to 999'],
  [['--listen', '65536'], 'it takes a port'],
  [['--listen', '1', 'a.test'], '--listen takes no URL'],
  [['--listen', '1', '--echo', '--relay'], 'one of the two'],
])('%j is refused: %s', (argv, why) => {
  const act = () => parseArguments(argv);
  expect(act).toThrow(why);
  expect(act).not.toThrow('geheim');
});
