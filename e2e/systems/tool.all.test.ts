import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@holdfast/node';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findInPath } from '../browser/executable.ts';
import { startHttpProxy } from '../../packages/node/src/dial/proxy/test-proxy.test-helper.ts';
import { makeConsumer } from '../consumers/consumer.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { localhostCertificate } from '../runtimes/parts/certificates.ts';
import { findFreePort } from '../servers/listen.ts';
import { type Asked, startEcho, startRaw, type ToolPeer } from './tool/peers.ts';
import { record, steady } from './tool/recordings.ts';
import { Tmux } from './tool/tmux.ts';
import { type Outcome, runTool, ToolRun, toolPath } from './tool/tool-run.ts';

const asked: Asked[] = [];
const folder = mkdtempSync(join(tmpdir(), 'holdfast-tool-'));
let echo: ToolPeer;
let url: string;

if (!findInPath(['tmux'])) testMissing('the tool on a terminal', 'There is no tmux on this machine; Debian has it.');

beforeAll(async () => {
  echo = await startEcho(asked);
  url = `ws://127.0.0.1:${echo.port}/`;
});
afterAll(async () => {
  await echo.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function raw(answer: Parameters<typeof startRaw>[0]): Promise<string> {
  const peer = await startRaw(answer);
  onTestFinished(() => peer.stop());
  return `ws://127.0.0.1:${peer.port}/`;
}

/** Shakes hands by RFC 6455 4.2.2, then sends these bytes. */
function acceptAndSend(hex: string): (socket: Socket, request: string) => void {
  return (socket, request) => {
    const key = /sec-websocket-key: (.*)\r/i.exec(request)?.[1] ?? '';
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const head = `HTTP/1.1 101 ok\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), Buffer.from(hex, 'hex')]));
  };
}

function jsonLines({ stdout }: Outcome): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('in a pipe', () => {
  test('each line is a message, and what comes is printed, a message a line, and nothing else', async () => {
    expect(await runTool([url], 'hi\nhow are you\n')).toEqual({ exitCode: 0, stdout: 'hi\nhow are you\n', stderr: '' });
  });

  test.each([
    ['--whole', ['--whole'], '{\n  "a": 1\n}\n', '{\n  "a": 1\n}\n\n'],
    ['--binary', ['--binary'], 'a\nb', '61 0a 62\n'],
    ['--hex', ['--hex'], '00ff\n61\n', '00 ff\n61\n'],
  ])('%s says what the input is', async (_name, args, input, stdout) => {
    expect(await runTool([url, ...args], input)).toEqual({ exitCode: 0, stdout, stderr: '' });
  });

  test('hex that is none ends it as a wrong command line does', async () => {
    const { exitCode, stderr } = await runTool([url, '--hex'], '00ff\nxyz\n');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('not hex') });
  });

  test('a megabyte of lines comes back whole', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index} ${'x'.repeat(50)}\n`).join('');
    const { exitCode, stdout } = await runTool([url, '--wait', '5'], lines);
    expect(exitCode).toBe(0);
    expect(stdout === lines).toBe(true);
  });

  test('--once ends with the first answer, and --message needs no input', async () => {
    const run = new ToolRun([url, '-m', 'one', '-m', 'two', '--once']);
    await run.says(/one\n/);
    expect(await run.end()).toEqual({ exitCode: 0, stdout: 'one\n', stderr: '' });
  });

  test('--frames shows each frame, and --short in a line', async () => {
    const { stdout } = await runTool([url, '-m', 'Hello', '--once', '--frames', '--short', '--no-compression']);
    expect(stdout.replace(/masked( ..){4}/g, 'masked')).toBe(
      '> TEXT fin masked, 5 bytes: "Hello"\n' +
        '< TEXT fin, 5 bytes: "Hello"\n' +
        'Hello\n' +
        '> CLOSE fin masked, 2 bytes: 1000\n' +
        '< CLOSE fin, 2 bytes: 1000\n',
    );
    const { stdout: bits } = await runTool([url, '-m', 'Hello', '--once', '--frames', '--no-compression']);
    expect(bits).toContain('|F|R|R|R| opcode|M| Payload len |          Masking-key          |');
    expect(bits).toContain('|1|0|0|0|  0x1  |0|      5      |             48 65             |');
  });

  test('--json tells all that happens, an object a line', async () => {
    const outcome = await runTool([
      url,
      '--json',
      '--hex',
      '-m',
      '00ff',
      '-p',
      'chat.v2',
      '--no-compression',
      '--wait',
      '0.3',
    ]);
    const lines = jsonLines(outcome);
    expect(lines).toMatchObject([
      { event: 'open', url, protocol: 'chat.v2', extensions: '' },
      { event: 'message', direction: 'out', kind: 'binary', bytes: 2, hex: '00ff' },
      { event: 'message', direction: 'in', kind: 'binary', bytes: 2, hex: '00ff' },
      { event: 'closed', code: 1000, wasClean: true, exitCode: 0 },
    ]);
    for (const { time } of lines) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test('there is no escape sequence, whatever the terminal that started it is', async () => {
    for (const args of [[url], [`${url}refuse/403`], ['--help']]) {
      const { stdout, stderr } = await runTool(args, 'a\n', { TERM: 'xterm-256color', FORCE_COLOR: '1' });
      expect(stdout + stderr).not.toContain('\x1b');
    }
  });

  test('who stops reading ends it', async () => {
    const { stdout } = await new Promise<{ stdout: string }>((resolve, reject) => {
      void import('node:child_process').then(({ execFile }) => {
        const command = `yes | head -200000 | '${process.execPath}' '${toolPath}' '${url}' --wait forever | head -1`;
        execFile('sh', ['-c', command], { timeout: 30_000 }, (error, out) =>
          error ? reject(error) : resolve({ stdout: out }),
        );
      });
    });
    expect(stdout).toBe('y\n');
  });
});

describe('what is asked for', () => {
  test('headers of the command line and of a file, an origin and sub-protocols', async () => {
    const path = file('headers', 'Authorization: Bearer geheim\nX-More: 1\n');
    await runTool([
      url,
      '-H',
      `@${path}`,
      '-H',
      'Cookie: a=b',
      '--origin',
      'https://x.test',
      '-p',
      'chat.v2',
      '-p',
      'v1',
    ]);
    expect(asked.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer geheim',
      'x-more': '1',
      cookie: 'a=b',
      origin: 'https://x.test',
      'sec-websocket-protocol': 'chat.v2, v1',
    });
  });

  test('no secret of a header or a URL is in what it says, however it ends', async () => {
    const secret = '127.0.0.1:PORT/?token=geheim2'.replace('PORT', String(echo.port));
    const args = [`ws://user:geheim1@${secret}`, '-H', 'X-Key: geheim3'];
    const refused = [`ws://user:geheim1@${secret.replace('?', 'refuse/401?')}`, '-H', 'X-Key: geheim3'];
    const gone = [`ws://user:geheim1@127.0.0.1:${await findFreePort()}/?token=geheim2`, '-H', 'X-Key: geheim3'];
    for (const each of [args, refused, gone, ['nonsense://user:geheim1@x'], [url, '-H', 'geheim3']]) {
      for (const more of [['--json'], ['--frames'], []]) {
        const { stdout, stderr } = await runTool([...each, ...more], 'hi\n');
        expect(stdout + stderr).not.toContain('geheim');
      }
    }
    expect(asked.at(-1)?.headers).toHaveProperty('x-key', 'geheim3');
  });
});

describe('TLS, and other ways to a server', () => {
  test('an authority is trusted by --ca, nobody else is, and --insecure warns', async () => {
    const { cert, key } = localhostCertificate;
    const ca = file('ca.pem', cert);
    const server = new ToolRun(['--listen', '0', '--echo', '--cert', ca, '--key', file('key.pem', key)]);
    onTestFinished(() => void server.signal('SIGTERM'));
    const [, port] = await server.says(/listening on wss:\/\/127\.0\.0\.1:(\d+)\//);
    const secure = `wss://localhost:${port}/`;
    expect(await runTool([secure, '--ca', ca, '-m', 'a', '--once'])).toEqual({
      exitCode: 0,
      stdout: 'a\n',
      stderr: '',
    });
    expect(await runTool([secure])).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('tls-failed') });
    expect(await runTool([secure, '--insecure', '-m', 'a', '--once'])).toMatchObject({
      exitCode: 0,
      stdout: 'a\n',
      stderr: expect.stringContaining('warning: --insecure'),
    });
  });

  test('a proxy is gone through, by its user and password, and else it says what is wrong', async () => {
    const proxy = await startHttpProxy({ credentials: 'me:geheim' });
    onTestFinished(() => proxy.close());
    const at = (credentials: string) => ['--proxy', `http://${credentials}127.0.0.1:${proxy.port}`];
    expect(await runTool([url, ...at('me:geheim@'), '-m', 'a', '--once'])).toEqual({
      exitCode: 0,
      stdout: 'a\n',
      stderr: '',
    });
    expect(proxy.asked).toEqual([`127.0.0.1:${echo.port}`]);
    const refused = await runTool([url, ...at('me:geheimer@')]);
    expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('proxy-failed') });
    expect(refused.stderr).not.toContain('geheim');
    expect(await runTool([url, '--proxy', 'ftp://me:geheim@x'])).toMatchObject({
      exitCode: 2,
      stderr: expect.not.stringContaining('geheim'),
    });
  });

  test('a redirect is followed as often as it is said', async () => {
    const first = await raw((socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${url}\r\nContent-Length: 0\r\n\r\n`);
    });
    expect(await runTool([first, '--redirects', '1', '-m', 'a', '--once'])).toMatchObject({
      exitCode: 0,
      stdout: 'a\n',
    });
    expect(await runTool([first, '-m', 'a', '--once'])).toMatchObject({ exitCode: 6 });
  });

  test('a file that is not there, and a key without its certificate, are a wrong command line', async () => {
    expect(await runTool(['wss://localhost:1', '--ca', '/none'])).toMatchObject({ exitCode: 2 });
    const key = file('lone-key.pem', 'no key');
    expect(await runTool(['wss://localhost:1', '--key', key])).toMatchObject({ exitCode: 2 });
  });
});

describe('the exit code', () => {
  test.each<[number, string, () => Promise<string[]>]>([
    [0, 'closed by the other end with 1000', async () => [url, '-m', '!close 1000 done', '--wait', 'forever']],
    [2, 'a wrong option', async () => [url, '--nonsense']],
    [2, 'a header that cannot travel', async () => [url, '-H', 'a b: c']],
    [3, 'a name without an address', async () => ['ws://nobody.invalid']],
    [4, 'nobody listens', async () => [`ws://127.0.0.1:${await findFreePort()}`]],
    [6, 'an HTTP status', async () => [`${url}refuse/403`]],
    [7, 'no sub-protocol that both speak', async () => [url, '-p', 'v9']],
    [7, 'no HTTP', async () => [await raw((socket) => socket.end('220 mail ready\r\n\r\n'))]],
    [8, 'a server that never answers', async () => [await raw(() => {}), '--timeout', '0.2']],
    [9, 'a masked frame of a server', async () => [await raw(acceptAndSend('818137fa213d56')), '--wait', 'forever']],
    [9, 'text that is no UTF-8', async () => [await raw(acceptAndSend('8101ff')), '--wait', 'forever']],
    [10, 'a broken line', async () => [url, '-m', '!drop', '--wait', 'forever']],
    [11, 'closed with 1011', async () => [url, '-m', '!close 1011 oh', '--wait', 'forever']],
    [12, '--once, and nothing came', async () => [url, '--once', '--wait', '0.1']],
    [13, 'a port that is taken', async () => ['--listen', String(echo.port)]],
  ])('is %d: %s', async (exitCode, _name, args) => {
    expect(await runTool(await args())).toMatchObject({ exitCode });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s it closes, and is %d', async (signal, exitCode) => {
    const run = new ToolRun([url, '--json', '--wait', 'forever']);
    await run.says(/"open"/);
    const outcome = await run.signal(signal);
    expect(outcome.exitCode).toBe(exitCode);
    expect(jsonLines(outcome).at(-1)).toMatchObject({ event: 'closed', code: 1000, wasClean: true });
  });

  test('--reconnect comes back instead of ending', async () => {
    const run = new ToolRun([url, '--json', '--reconnect', '--wait', 'forever', '-m', '!drop']);
    await run.says(/"open"[^]*"disconnected"[^]*"waiting"[^]*"open"/);
    expect((await run.signal('SIGINT')).exitCode).toBe(130);
  });
});

describe('being a server', () => {
  test('it prints what comes, and echoes', async () => {
    const run = new ToolRun(['--listen', '0', '--echo']);
    const [, port] = await run.says(/listening on ws:\/\/127\.0\.0\.1:(\d+)\//);
    expect(await runTool([`localhost:${port}`, '-m', 'over there', '--once'])).toMatchObject({
      stdout: 'over there\n',
    });
    expect(await run.signal('SIGINT')).toMatchObject({ exitCode: 130, stdout: 'over there\n' });
  });

  test('it relays to all others, and its input goes to all', async () => {
    const run = new ToolRun(['--listen', '0', '--relay', '--json']);
    const [, port] = await run.says(/"listening","url":"ws:\/\/127\.0\.0\.1:(\d+)/);
    const [a, b] = [0, 1].map(() => connect(`ws://127.0.0.1:${port}/room?key=geheim`, { reconnect: false }));
    const heard: string[] = [];
    a!.on('message', ({ data }) => heard.push(`a: ${String(data)}`));
    b!.on('message', ({ data }) => heard.push(`b: ${String(data)}`));
    await run.says(/"connection":2/);
    a!.send('from a');
    await b!.once('message');
    run.type('to all\n');
    await Promise.all([a!.once('message'), b!.once('message')]);
    expect(heard.sort()).toEqual(['a: to all', 'b: from a', 'b: to all']);
    await Promise.all([a!.close(), b!.close(4000, 'enough')]);
    await run.says(/"left","connection":2,"code":4000,"reason":"enough"/);
    const outcome = await run.signal('SIGTERM');
    expect(outcome.exitCode).toBe(143);
    expect(outcome.stdout).not.toContain('geheim');
  });
});

test('decode shows frames of either end, and what is wrong', async () => {
  expect(await runTool(['decode', '818537fa213d', '7f9f4d5158', '--frames', '--short'])).toEqual({
    exitCode: 0,
    stdout: 'TEXT fin masked 37 fa 21 3d, 5 bytes: "Hello"\n',
    stderr: '',
  });
  expect(await runTool(['decode', '--frames', '--short'], '89 00\n8a 00')).toMatchObject({
    exitCode: 0,
    stdout: 'PING fin, 0 bytes\nPONG fin, 0 bytes\n',
  });
  expect(await runTool(['decode', '8a00', '83'])).toMatchObject({
    exitCode: 9,
    stderr: expect.stringMatching(/unknown-opcode|cut/),
  });
  expect(await runTool(['decode', 'hello'])).toMatchObject({ exitCode: 2 });
});

describe.runIf(findInPath(['tmux']))('on a terminal', () => {
  async function open(args: readonly string[], columns = 80, rows = 24, env = {}): Promise<Tmux> {
    const tmux = await Tmux.open([process.execPath, toolPath, ...args], columns, rows, env);
    onTestFinished(() => tmux.close());
    return tmux;
  }

  /** Times, and what else differs from run to run, made alike. */
  const alike = (screen: string) =>
    screen
      .replace(/\d\d:\d\d:\d\d\.\d{3}/g, '12:00:00.000')
      .replace(/\d+(\.\d)? ms/g, '0 ms')
      .replaceAll(String(echo.port), 'PORT');

  test('a session: what is sent and received with its time, commands, and the close', async () => {
    const tmux = await open([url, '-p', 'chat.v2']);
    await tmux.shows(/connected[^]*\n>$/);
    await tmux.press('hello', 'Enter');
    await tmux.shows(/< hello/);
    await tmux.press('/ping', 'Enter');
    await tmux.shows(/pong after/);
    await tmux.press('/binary 00ff', 'Enter');
    await tmux.shows(/< 2 bytes/);
    await tmux.press('/nope', 'Enter', '//ping', 'Enter');
    await tmux.shows(/< \/ping/);
    await tmux.press('/close 4000 bye', 'Enter');
    expect(alike(await tmux.shows(/exit code/))).toBe(`\
12:00:00.000   connected to ws://127.0.0.1:PORT/ in 0 ms, sub-protocol chat.v2
12:00:00.000 > hello
12:00:00.000 < hello
12:00:00.000   pong after 0 ms
12:00:00.000 > 2 bytes: 00 ff
12:00:00.000 < 2 bytes: 00 ff
12:00:00.000   /nope is no command; /help lists them, and //nope sends /nope
12:00:00.000 > /ping
12:00:00.000 < /ping
12:00:00.000   closed: 4000 "bye"
exit code 0`);
  });

  test('there are colours, and none with NO_COLOR or --no-color', async () => {
    const coloured = await open([url]);
    await coloured.shows(/connected/);
    expect(await coloured.screen({ colours: true })).toContain('\x1b[32mconnected');
    for (const [args, env] of [
      [[url], { NO_COLOR: '1' }],
      [[url, '--no-color'], {}],
    ] as const) {
      const plain = await open(args, 80, 24, env);
      await plain.shows(/connected/);
      expect(await plain.screen({ colours: true })).not.toContain('\x1b[');
    }
  });

  test('what comes while a line is typed stands above it, also where the line wraps', async () => {
    const server = new ToolRun(['--listen', '0']);
    onTestFinished(() => void server.signal('SIGTERM'));
    const [, port] = await server.says(/127\.0\.0\.1:(\d+)/);
    const tmux = await open([`localhost:${port}`], 40, 16);
    await tmux.shows(/connected/);
    await tmux.press('hal');
    await tmux.shows(/> hal$/m);
    server.type('first\n');
    await tmux.shows(/< first\n> hal$/);
    await tmux.press(' of a line that wraps around the end');
    await tmux.shows(/\nd$/);
    server.type('second\nthird\n');
    const screen = await tmux.shows(/third/);
    expect(alike(screen).split('\n').slice(-5)).toEqual([
      '12:00:00.000 < first',
      '12:00:00.000 < second',
      '12:00:00.000 < third',
      '> hal of a line that wraps around the en',
      'd',
    ]);
    await tmux.press('Enter');
    await tmux.shows(/> hal of a line that wraps\s+around the end\n>$/);
    await server.says(/hal of a line that wraps around the end/);
  });

  test('arrow keys bring back and mend what was typed', async () => {
    const tmux = await open([url]);
    await tmux.shows(/connected/);
    await tmux.press('hello worlt', 'BSpace', 'Enter');
    await tmux.shows(/< hello worl$/m);
    await tmux.press('Up');
    await tmux.shows(/^> hello worl$/m);
    await tmux.press('d', 'Enter');
    await tmux.shows(/< hello world$/m);
  });

  test('a text cannot move the cursor, colour the screen or pass for a line of ours', async () => {
    const tmux = await open([url]);
    await tmux.shows(/connected/);
    await tmux.press('!hostile', 'Enter');
    const screen = alike(await tmux.shows(/not ours/));
    expect(screen).toContain(
      '12:00:00.000 < \\x1b[2J\\x1b]0;owned\\x07 and \\u202eturned\n               12:00:00.000 < not ours',
    );
    expect(screen).toContain('connected');
  });

  test('Ctrl+D and Ctrl+C close, and a refusal shows what the server said', async () => {
    for (const key of ['C-d', 'C-c']) {
      const tmux = await open([url]);
      await tmux.shows(/connected/);
      await tmux.press(key);
      await tmux.shows(/closed: 1000\nexit code 0$/);
    }
    const refused = await open([`${url}refuse/403`]);
    expect(await refused.shows(/exit code 6/)).toMatch(/http-status: .*403[^]*refused \\x1b\[31mfor a test/);
  });

  test('frames stand beside the messages', async () => {
    const tmux = await open([url, '--frames', '--no-compression'], 90, 60);
    await tmux.shows(/connected/);
    await tmux.press('Hello', 'Enter');
    expect(await tmux.shows(/< Hello/)).toContain('               |F|R|R|R| opcode|M| Payload len |');
  });

  test('as a server it shows who comes and goes', async () => {
    const tmux = await open(['--listen', '0', '--echo']);
    const screen = await tmux.shows(/listening on ws:\S+\d/);
    const port = /127\.0\.0\.1:(\d+)/.exec(screen)?.[1];
    await runTool([`localhost:${port}/a?b=geheim`, '-m', 'hi', '--once']);
    await tmux.shows(/#1 from 127\.0\.0\.1, \/a\?b=…\n.*< #1 hi\n.*#1 is gone: 1000/);
    await tmux.press('C-c');
    await tmux.shows(/exit code 0/);
  });
});

/** What stands in the page, and what the tool says now. */
describe.runIf(findInPath(['tmux']))('the page of the guide', () => {
  const docs = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
  const textOf = (svg: string) =>
    svg
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');

  test('shows what the tool says; `npx tsx scripts/tool-recording.ts` writes it anew', async () => {
    const { texts, screen } = await record();
    for (const [name, text] of texts) expect(steady(docs(`guide/samples/tool-${name}.txt`))).toBe(steady(text));
    expect(
      steady(textOf(docs('public/tool.svg')))
        .replace(/\s+/g, ' ')
        .trim(),
    ).toBe(steady(screen).replace(/\s+/g, ' ').trim());
  });
});

test('npx runs it from the packed package', async () => {
  const consumer = await makeConsumer('tool');
  onTestFinished(() => consumer.remove());
  expect(await consumer.run('npx', '--no-install', 'holdfast', '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await consumer.run('npx', '--no-install', 'holdfast', url, '-m', 'from npx', '--once')).toBe('from npx\n');
});
