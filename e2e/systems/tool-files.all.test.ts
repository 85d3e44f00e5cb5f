import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@holdfast/node/server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findInPath } from '../browser/executable.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { startStallProxy } from '../servers/stall-proxy.ts';
import { hashFile, writeBigFile } from './files/big-file.ts';
import { untilPart } from './files/until-part.ts';
import { Tmux } from './tool/tmux.ts';
import { runTool, ToolRun, toolPath } from './tool/tool-run.ts';

const megabyte = 1_000_000;
let folder = '';
let inbox = '';

if (!findInPath(['tmux'])) testMissing('files on a terminal', 'There is no tmux on this machine; Debian has it.');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tool-'));
  inbox = join(folder, 'inbox');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, bytes: number): Promise<{ path: string; digest: string }> {
  const path = join(folder, name);
  return { path, digest: await writeBigFile(path, bytes) };
}

/** A receiver of the tool, and the port that it listens on. */
async function receive(...more: string[]): Promise<{ run: ToolRun; port: number }> {
  const run = new ToolRun(['receive', inbox, '--listen', '0', ...more]);
  onTestFinished(async () => void (await run.signal('SIGTERM')));
  const [, port] = await run.says(/ws:\/\/127\.0\.0\.1:(\d+)\//);
  return { run, port: Number(port) };
}

describe('in a pipe', () => {
  test('both ends print what sha256sum does, and nothing else', async () => {
    const [one, two] = [await write('one.bin', 3 * megabyte), await write('two words.bin', 0)];
    const { run, port } = await receive();
    const sent = await runTool(['send', one.path, two.path, `localhost:${port}`]);
    const lines = [`${one.digest}  one.bin`, `${two.digest}  two words.bin`];
    expect({ ...sent, stdout: sent.stdout.trimEnd().split('\n').toSorted() }).toEqual({
      exitCode: 0,
      stdout: lines.toSorted(),
      stderr: '',
    });
    await run.says(/(.*bin\n){2}/);
    const { stdout, stderr, exitCode } = await run.signal('SIGINT');
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(lines.toSorted());
    expect(stderr).toMatch(/^holdfast: listening on ws:\S+\n$/);
    expect(exitCode).toBe(130);
    expect(await hashFile(join(inbox, 'one.bin'))).toBe(one.digest);
  });

  test('a server sends to who connects, with what a command line says of both', async () => {
    const { path, digest } = await write('down.bin', 2 * megabyte);
    const server = new ToolRun(['send', path, '--listen', '0', '--once', '--as', 'given.bin', '--checksum', 'md5']);
    const [, port] = await server.says(/127\.0\.0\.1:(\d+)/);
    expect(await runTool(['receive', inbox, `localhost:${port}`, '--once'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^[0-9a-f]{32} {2}given\.bin\n$/) as string,
    });
    expect(await server.end()).toMatchObject({ exitCode: 0 });
    expect(await hashFile(join(inbox, 'given.bin'))).toBe(digest);
  });

  test('what becomes of a name that is taken is for the receiver to say', async () => {
    const { path } = await write('a.bin', 10);
    const renaming = await receive();
    for (const name of ['a.bin', 'a (2).bin']) {
      expect((await runTool(['send', path, `localhost:${renaming.port}`])).stdout).toContain(`  ${name}\n`);
    }
    const refusing = await receive('--existing', 'refuse');
    expect(await runTool(['send', path, `localhost:${refusing.port}`])).toMatchObject({
      exitCode: 14,
      stderr: expect.stringContaining('file-exists') as string,
    });
  });
});

describe('the exit code', () => {
  test.each<[number, string, (path: string, port: number) => string[]]>([
    [2, 'no such file', (path, port) => ['send', `${path}x`, `localhost:${port}`]],
    [2, 'a folder', (_path, port) => ['send', tmpdir(), `localhost:${port}`]],
    [4, 'nobody listens', (path) => ['send', path, 'localhost:1']],
    [4, 'nobody listens, for as long as it waits', (path) => ['send', path, 'localhost:1', '--wait', '0.3']],
    [14, 'a name that could leave the folder', (path, port) => ['send', path, `localhost:${port}`, '--as', '../a']],
    [14, 'over the limit', (path, port) => ['send', path, `localhost:${port}`]],
  ])('is %d: %s', async (exitCode, _why, args) => {
    const { path } = await write('a.bin', 1001);
    const { port } = await receive('--max-bytes', '1000');
    expect(await runTool(args(path, port))).toMatchObject({ exitCode, stdout: '' });
    expect((await readdir(inbox).catch(() => [])).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  test('is 10 where the server closes before a file is there, 0 where it has sent what it had', async () => {
    const server = await serve({ port: 0, host: '127.0.0.1' }, (connection) => void connection.close(1000));
    onTestFinished(() => server.close());
    const { path } = await write('a.bin', 10);
    expect(await runTool(['send', path, `localhost:${server.port}`])).toMatchObject({ exitCode: 10 });
    expect(await runTool(['receive', inbox, `localhost:${server.port}`])).toMatchObject({ exitCode: 0 });
  });
});

describe.runIf(findInPath(['tmux']))('on a terminal', () => {
  async function open(args: readonly string[], columns = 80, env = {}): Promise<Tmux> {
    const tmux = await Tmux.open([process.execPath, toolPath, ...args], columns, 24, env);
    onTestFinished(() => tmux.close());
    return tmux;
  }

  /** Times and speeds, which differ from run to run, made alike. */
  const alike = (screen: string) =>
    screen
      .replace(/\d\d:\d\d:\d\d\.\d{3}/g, '12:00:00.000')
      .replace(/ +[\d.]+ [kMG]?B\/s/g, ' 1 MB/s')
      .replace(/in \d+ ms/g, 'in 0 ms')
      .replace(/in 0\.\d s/g, 'in 0.0 s')
      // By what is on its way when it happens.
      .replace(/(gone: connection-lost:) .*/, '$1 ...')
      .replace(/:\d{4,5}\//g, ':PORT/')
      .replace(/^.*dial .*\n/gm, '');

  test('a session: bars while files come, a cut, and what arrived', async () => {
    const { path, digest } = await write('video.mp4', 400 * megabyte);
    const { port } = await receive();
    const proxy = await startStallProxy(port, () => {});
    onTestFinished(() => proxy.kill());
    const tmux = await open(['send', path, `localhost:${proxy.port}`], 120);
    await untilPart(inbox, 40 * megabyte);
    proxy.stall();
    const stalled = await tmux.shows(/%/);
    expect(stalled.split('\n').at(-1)).toMatch(/^video\.mp4 \[#*\.*\] +\d+% .*\/s {2}[\d:-]+ left$/);
    proxy.kill();
    await proxy.startAgain();
    expect(alike(await tmux.shows(/exit code/))).toBe(`\
12:00:00.000   video.mp4, 400 MB
12:00:00.000   connected to ws://localhost:PORT/ in 0 ms, permessage-deflate
12:00:00.000   the line is gone: connection-lost: ...
12:00:00.000   connected to ws://localhost:PORT/ in 0 ms, permessage-deflate
12:00:00.000 > video.mp4: 400 MB, 1 MB/s, sha-256 ${digest.slice(0, 16)}..., went on once
12:00:00.000   closed: 1000
exit code 0`);
    expect(await hashFile(join(inbox, 'video.mp4'))).toBe(digest);
  }, 60_000);

  test('Ctrl+C leaves what has arrived, and says how to go on', async () => {
    const { path, digest } = await write('big.bin', 400 * megabyte);
    const { port } = await receive();
    const tmux = await open(['send', path, `localhost:${port}`]);
    await untilPart(inbox, 40 * megabyte);
    await tmux.press('C-c');
    const [, id] = /--id ([0-9a-f]{32})/.exec(await tmux.shows(/exit code 130/)) ?? [];
    const more = await runTool(['send', path, `localhost:${port}`, '--id', id!]);
    expect(more).toMatchObject({ exitCode: 0, stdout: `${digest}  big.bin\n` });
    expect(await hashFile(join(inbox, 'big.bin'))).toBe(digest);
  }, 60_000);

  test('a receiver shows who sends what, in colours that NO_COLOR and --no-color put off', async () => {
    const { path } = await write('a.bin', megabyte);
    for (const [more, env, isColoured] of [
      [[], {}, true],
      [['--no-color'], {}, false],
      [[], { NO_COLOR: '1' }, false],
    ] as const) {
      const tmux = await open(['receive', inbox, '--listen', '0', '--once', ...more], 80, env);
      const [, port] = /127\.0\.0\.1:(\d+)/.exec(await tmux.shows(/listening on ws:\S+\d/)) ?? [];
      await runTool(['send', path, `localhost:${port}`]);
      expect(await tmux.shows(/exit code 0/)).toMatch(/#1 from 127\.0\.0\.1[^]*< a( \(\d\))?\.bin: 1\.0 MB, .*sha-256/);
      expect((await tmux.screen({ colours: true })).includes('\x1b[32m')).toBe(isColoured);
    }
  });

  test('a name cannot move the cursor, nor break its line', async () => {
    const hostile = join(folder, `\u001b[2Jowned\u202e${'水'.repeat(40)}`);
    await writeFile(hostile, 'text');
    await mkdir(inbox);
    const { port } = await receive();
    const tmux = await open(['send', hostile, `localhost:${port}`], 300);
    const screen = await tmux.shows(/exit code 14/);
    expect(screen).toContain('\\x1b[2Jowned\\u202e');
    expect(screen).toContain('file-name-refused');
  });
});

test('the help page and the page of the guide name what these commands take', async () => {
  const guide = await readFile(new URL('../../docs/guide/tool.md', import.meta.url), 'utf8');
  const { stdout } = await runTool(['--help']);
  for (const name of ['send', 'receive', '--checksum', '--as', '--id', '--existing', '--max-bytes', '--once']) {
    expect(stdout).toContain(name);
    expect(guide).toContain(name);
  }
});
