import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, serve, type Server } from '@holdfast/node/server';
import { connect } from 'holdfast';
import { receiveFiles, sendFile } from 'holdfast/files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeBigFile } from './files/big-file.ts';
import { type Program, runProgram } from './files/program.ts';
import { untilPart } from './files/until-part.ts';

const mebibyte = 2 ** 20;
let folder = '';
let inbox = '';
let path = '';
const running: Program[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
  inbox = join(folder, 'inbox');
  path = join(folder, 'file.bin');
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

/** What `toEqual` takes minutes for. */
async function isSame(one: string, other: string): Promise<boolean> {
  return (await readFile(one)).equals(await readFile(other));
}

async function startReceiver(port = 0): Promise<{ program: Program; url: string; port: number }> {
  const program = run('receive', inbox, '--listen', String(port));
  const url = (JSON.parse(await program.line('"listening"')) as { url: string }).url;
  return { program, url, port: Number(new URL(url).port) };
}

describe('the tool', () => {
  it('survive that the receiver is killed, and started again', async () => {
    const checksum = await writeBigFile(path, 400 * mebibyte);
    const first = await startReceiver();
    const sender = run('send', path, first.url);
    await untilPart(inbox, 100 * mebibyte);
    await first.program.stop('SIGKILL');
    await startReceiver(first.port);
    expect(JSON.parse(await sender.line('"digest"'))).toMatchObject({ digest: checksum, resumed: 1 });
    expect(await sender.ended).toBe(0);
    expect(await isSame(join(inbox, 'file.bin'), path)).toBe(true);
  }, 120_000);

  it('go on when the sender was killed, by the id that it had printed', async () => {
    await writeBigFile(path, 400 * mebibyte);
    const { url } = await startReceiver();
    const first = run('send', path, url, '--checksum', 'md5');
    const { id } = JSON.parse(await first.line('"sending"')) as { id: string };
    await untilPart(inbox, 100 * mebibyte);
    await first.stop('SIGKILL');
    const second = run('send', path, url, '--checksum', 'md5', '--id', id);
    const sent = JSON.parse(await second.line('"digest"')) as { digest: string };
    expect(sent.digest).toHaveLength(32);
    expect(sent).toMatchObject({ id, resumed: 0 });
    expect(await isSame(join(inbox, 'file.bin'), path)).toBe(true);
  }, 120_000);

  it('say a refusal by its code, and exit with 14', async () => {
    await writeFile(path, 'text');
    const { url } = await startReceiver();
    const sender = run('send', path, url, '--as', '../out.txt');
    expect(await sender.line('file-name-refused')).toContain('../out.txt');
    expect(await sender.ended).toBe(14);
  });
});

describe('a server and a client in one process', () => {
  let server: Server;
  let connections: Connection[];
  beforeEach(async () => {
    connections = [];
    server = await serve({ port: 0, host: '127.0.0.1' }, (connection) => {
      connections.push(connection);
      receiveFiles(connection, { folder: inbox, durable: 'process' });
    });
  });
  afterEach(() => server.close());
  const open = async () => {
    const client = connect(`ws://127.0.0.1:${server.port}`, { reconnect: { minDelayMs: 1, maxDelayMs: 1 } });
    await client.once('open');
    return client;
  };

  it('carry many files at once through cuts of the line', async () => {
    const client = await open();
    const contents = Array.from({ length: 12 }, (_, index) => randomBytes(index * mebibyte + index));
    let cuts = 0;
    const sent = await Promise.all(
      contents.map((content, index) =>
        sendFile(client, new Blob([content]), {
          name: `${index}.bin`,
          onProgress({ sentBytes }) {
            if (sentBytes < 2 * mebibyte * (cuts + 1) || cuts === 4) return;
            cuts++;
            if (cuts % 2 === 0) client.reconnect();
            else connections.at(-1)?.terminate();
          },
        }),
      ),
    );
    expect(cuts).toBe(4);
    expect(Math.max(...sent.map(({ resumed }) => resumed))).toBeGreaterThan(0);
    for (const [index, content] of contents.entries()) {
      expect(content.equals(await readFile(join(inbox, `${index}.bin`)))).toBe(true);
    }
    expect((await readdir(join(inbox, '.holdfast-parts'))).filter((name) => name.endsWith('.part'))).toEqual([]);
    await client.close();
  });

  it('carry files in both directions', async () => {
    const client = await open();
    const back = join(folder, 'back');
    receiveFiles(client, { folder: back });
    await writeFile(path, randomBytes(3 * mebibyte));
    await Promise.all([sendFile(client, path), sendFile(connections[0]!, path, { checksum: 'md5' })]);
    for (const there of [inbox, back]) expect(await isSame(join(there, 'file.bin'), path)).toBe(true);
    await client.close();
  });

  it('notice that a file has changed on its way', async () => {
    const client = await open();
    await writeFile(path, randomBytes(3 * mebibyte));
    const copy = join(folder, 'other.bin');
    await copyFile(path, copy);
    const sending = sendFile(client, copy, {
      onProgress: ({ sentBytes }) => (sentBytes === 0 ? rm(copy).then(() => writeFile(copy, '')) : undefined),
    });
    // Who has it open reads the file that was there.
    expect(await sending).toMatchObject({ size: 3 * mebibyte });
    await writeFile(copy, randomBytes(30 * mebibyte));
    const cutting = sendFile(client, copy, {
      name: 'cut.bin',
      onProgress: ({ sentBytes }) => (sentBytes === 0 ? writeFile(copy, 'short') : undefined),
    });
    await expect(cutting).rejects.toMatchObject({ code: 'file-source' });
    await client.close();
  });
});
