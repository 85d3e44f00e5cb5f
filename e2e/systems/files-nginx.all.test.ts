import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../servers/listen.ts';
import { hashFile, writeBigFile } from './files/big-file.ts';
import { findNginx, startFilesNginx } from './files/nginx.ts';
import { memoryOf, type Program, runProgram } from './files/program.ts';
import { untilPart } from './files/until-part.ts';

const gibibyte = 2 ** 30;
const memoryLimitBytes = 200 * 2 ** 20;

let folder = '';
const running: Program[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop('SIGKILL')));
  await rm(folder, { recursive: true });
});

function run(...given: Parameters<typeof runProgram>): Program {
  const program = runProgram(...given);
  running.push(program);
  return program;
}

describe.runIf(findNginx())('2 GiB through nginx', () => {
  it('arrive whole though the line is cut three times, in little memory', async () => {
    const inbox = join(folder, 'inbox');
    const path = join(folder, 'big.bin');
    const checksum = await writeBigFile(path, 2 * gibibyte);
    const receiver = run('receive', inbox, '--listen', '0');
    const behind = Number(/:(\d+)\//.exec(await receiver.line('"listening"'))?.[1]);
    const port = await findFreePort();
    // Nobody listens yet: what the sender has now is its memory at rest.
    const sender = run('send', path, `ws://127.0.0.1:${port}/files`, '--wait', 'forever');
    await sender.line('"disconnected"');
    const rest = [sender, receiver].map(({ pid }) => memoryOf(pid).now);

    let nginx = await startFilesNginx(folder, port, behind);
    for (const quarter of [1, 2, 3]) {
      await untilPart(inbox, (quarter * gibibyte) / 2);
      await nginx.kill();
      nginx = await startFilesNginx(folder, port, behind);
    }
    const sent = JSON.parse(await sender.line('"digest"')) as object;
    const most = [sender, receiver].map(({ pid }) => memoryOf(pid).most);
    expect(await sender.ended).toBe(0);
    await nginx.kill();

    expect(sent).toMatchObject({ name: 'big.bin', size: 2 * gibibyte, digest: checksum, resumed: 3 });
    expect(await hashFile(join(inbox, 'big.bin'))).toBe(checksum);
    most.forEach((bytes, index) => expect(bytes - rest[index]!).toBeLessThan(memoryLimitBytes));
    expect((await readdir(join(inbox, '.holdfast-parts'))).filter((name) => name.endsWith('.part'))).toEqual([]);
    console.log(
      `memory over rest: sender ${mebibytes(most[0]! - rest[0]!)} MiB, receiver ${mebibytes(most[1]! - rest[1]!)} MiB`,
    );
  }, 600_000);
});

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
