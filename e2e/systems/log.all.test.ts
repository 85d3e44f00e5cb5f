import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import type { LogReply, LogRequest } from '../../docs/systems/log/log-protocol.ts';
import { ResumePoint } from '../../docs/systems/log/resume-point.ts';
import { type TailEvent, tailFile } from '../../docs/systems/log/tail-file.ts';
import { DemoMember } from '../demo/demo-member.ts';

let folder = '';
let path = '';
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
  path = join(folder, 'app.log');
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await rm(folder, { recursive: true });
});

describe('a tail', () => {
  /** Reads until as many lines and rotations have come as are asked for. */
  function follow(start: Parameters<typeof tailFile>[1] = { tailBytes: 1e6 }) {
    const stop = new AbortController();
    const events = tailFile(path, start, stop.signal);
    ends.push(() => stop.abort());
    const seen: TailEvent[] = [];
    const read: string[] = [];
    const until = async (count: number): Promise<string[]> => {
      while (read.length < count) {
        const { value } = (await events.next()) as { value: TailEvent };
        seen.push(value);
        read.push(...(value.type === 'lines' ? value.lines : ['(rotated)']));
      }
      return read.splice(0);
    };
    return { until, seen };
  }

  test('gives whole lines, however they are written, and those that come later', async () => {
    await writeFile(path, 'one\r\ntwö');
    const { until } = follow();
    expect(await until(1)).toEqual(['one']);
    await appendFile(path, ' and a half\nthree\n');
    expect(await until(2)).toEqual(['twö and a half', 'three']);
  });

  test('begins with a whole line of the tail', async () => {
    await writeFile(path, 'first\nsecond\nthird\n');
    expect(await follow({ tailBytes: 9 }).until(1)).toEqual(['third']);
  });

  test('reads a renamed file to its end, and goes on with the new one', async () => {
    await writeFile(path, 'old\n');
    const { until } = follow();
    expect(await until(1)).toEqual(['old']);
    await appendFile(path, 'last of old\nno end');
    await rename(path, `${path}.1`);
    await writeFile(path, 'new\n');
    expect(await until(4)).toEqual(['last of old', 'no end', '(rotated)', 'new']);
  });

  test('goes on at the beginning of a file that was cut off', async () => {
    await writeFile(path, 'a long line\n');
    const { until } = follow();
    expect(await until(1)).toEqual(['a long line']);
    await truncate(path);
    expect(await until(1)).toEqual(['(rotated)']);
    await appendFile(path, 'x\n');
    expect(await until(1)).toEqual(['x']);
  });

  test('waits for a file that is not there yet', async () => {
    const { until } = follow();
    const waiting = until(1);
    await writeFile(path, 'at last\n');
    expect(await waiting).toEqual(['at last']);
  });

  test('goes on from a place, and tells where the file of that place has gone', async () => {
    await writeFile(path, 'one\ntwo\nthree\n');
    const first = follow();
    await first.until(3);
    const { next } = first.seen[0] as TailEvent & { type: 'lines' };
    await appendFile(path, 'four\n');
    expect(await follow(next).until(1)).toEqual(['four']);
    await rename(path, `${path}.1`);
    await writeFile(path, 'five\n');
    expect(await follow(next).until(2)).toEqual(['(rotated)', 'five']);
  });

  test('cuts a line that has no end in sight', async () => {
    await writeFile(path, `${'x'.repeat(300_000)}\nnext\n`);
    const [long, next] = await follow().until(2);
    expect(long).toBe(`${'x'.repeat(4096)}…`);
    expect(next).toBe('next');
  });
});

describe.each(['holdfast', 'ws'] as const)('/log on %s', (engine) => {
  async function start() {
    const server = await startDemoServer(0, { engine, logPath: path });
    ends.push(() => server.stop());
    const dial = async (query = '') => {
      const member = await DemoMember.open(`ws://127.0.0.1:${server.port}/log${query}`);
      const next = async () => JSON.parse((await member.next()).data.toString()) as LogReply;
      const ask = (request: LogRequest) => member.socket.send(JSON.stringify(request));
      return { member, next, ask };
    };
    return dial;
  }

  test('sends as many lines as it is asked for, and no more', async () => {
    await writeFile(path, Array.from({ length: 2500 }, (_, index) => `line ${index}\n`).join(''));
    const { next, ask } = await (await start())();
    ask({ type: 'more', lines: 3 });
    expect(await next()).toEqual({ type: 'lines', lines: ['line 0', 'line 1', 'line 2'] });
    ask({ type: 'probe' });
    expect(await next()).toEqual({ type: 'probe-reply' });
    ask({ type: 'more', lines: 100_000 });
    const lines: string[] = [];
    while (lines.length < 2497) lines.push(...((await next()) as LogReply & { lines: string[] }).lines);
    expect(lines.at(-1)).toBe('line 2499');
  });

  test('who comes back with its place misses no line of 100,000 and sees none twice', async () => {
    const dial = await start();
    const place = new ResumePoint();
    const numbers: number[] = [];
    let isWritten = false;
    while (numbers.length < 100_000) {
      const { member, next, ask } = await dial(place.query);
      place.reopen();
      if (!isWritten) ask({ type: 'write', lines: 100_000 });
      isWritten = true;
      ask({ type: 'more', lines: 100_000 });
      // Cut in the middle of what was read, too.
      for (let messages = 0; messages < 7 && numbers.length < 100_000; messages++) {
        const reply = await next();
        if (reply.type === 'lines') numbers.push(...place.take(reply).map((line) => Number(/#(\d+)/.exec(line)?.[1])));
      }
      member.socket.terminate();
    }
    expect(numbers).toEqual(Array.from({ length: 100_000 }, (_, index) => index + 1));
  });

  test('a rotation is told between the lines', async () => {
    const { next, ask } = await (await start())();
    ask({ type: 'more', lines: 100 });
    ask({ type: 'write', lines: 1 });
    expect(await next()).toMatchObject({ type: 'lines' });
    ask({ type: 'rotate' });
    ask({ type: 'write', lines: 2 });
    expect(await next()).toEqual({ type: 'rotated' });
    expect(await next()).toMatchObject({ type: 'lines', lines: [expect.any(String), expect.any(String)] });
  });

  test.each(['{}', 'hello', '{"type":"more","lines":-1}', '{"type":"write","lines":1e9}'])(
    'what it does not know, such as %s, ends the connection with 1008',
    async (text) => {
      const { member } = await (await start())();
      member.socket.send(text);
      expect((await member.closed).code).toBe(1008);
    },
  );
});
