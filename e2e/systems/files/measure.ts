// How quick a file is beside a plain HTTP PUT of the same through the same nginx:
//   npm run build && npx tsx e2e/systems/files/measure.ts [--mib 2048] [--rounds 3] [--folder /tmp] [--durable machine]
import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect } from 'holdfast';
import { sendFile } from 'holdfast/files';
import { startFamily } from '../../browser/family.ts';
import { bundleForProcess } from '../../run/bundle.ts';
import { findFreePort } from '../../servers/listen.ts';
import { writeBigFile } from './big-file.ts';
import { startFilesNginx } from './nginx.ts';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '2048' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
    durable: { type: 'string', default: 'process' },
    checksum: { type: 'string', default: 'sha-256' },
  },
});
const bytes = Number(values.mib) * 2 ** 20;
const folder = await mkdtemp(join(values.folder, 'holdfast-files-'));
const path = join(folder, 'file.bin');

// As it runs in production: what translates TypeScript while a program runs is garbage that is collected again and again.
const program = await bundleForProcess(
  fileURLToPath(new URL('receiver-process.ts', import.meta.url)),
  'files-receiver.mjs',
);
const receiver = startFamily([process.execPath, program, join(folder, 'inbox'), values.durable]);
const port = await findFreePort();
const [behind, receiverPid] = (await receiver.firstLine).split(' ').map(Number);
const nginx = await startFilesNginx(folder, port, behind!);
const client = connect(`ws://127.0.0.1:${port}/files`);
await client.once('open');

/** What is measured: each sends the whole file once. */
const ways = {
  'PUT, stored by nginx': () => put('/put/file.bin'),
  'PUT, stored by the server': () => put('/stream/file.bin'),
  sendFile: () => sendFile(client, path, { checksum: values.checksum as 'sha-256' }),
};

async function put(at: string): Promise<void> {
  const asked = request({ port, path: at, method: 'PUT', headers: { 'content-length': bytes } });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    asked.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject);
  });
  await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), asked);
  const status = await answered;
  if (status !== 201 && status !== 204) throw new Error(`PUT ${at} is answered with ${status}`);
}

/** What the sender, nginx and the receiver have used of the processors so far, in seconds; Linux counts in hundredths. */
function processorSeconds(): number[] {
  return [process.pid, nginx.pid, receiverPid!].map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  });
}

const speeds = new Map<string, number[]>();
console.log('processor time: of the sender, of nginx, of the receiver');
try {
  await writeBigFile(path, bytes);
  // Each round has another order, so that none is always the one after the file was written.
  const names = Object.keys(ways) as (keyof typeof ways)[];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const startMs = performance.now();
      const before = processorSeconds();
      await ways[name]();
      const seconds = (performance.now() - startMs) / 1000;
      const spent = processorSeconds().map((each, index) => (each - before[index]!).toFixed(2));
      speeds.set(name, [...(speeds.get(name) ?? []), bytes / 2 ** 20 / seconds]);
      const speed = `${(bytes / 2 ** 20 / seconds).toFixed(0)} MiB/s`;
      console.log(`round ${round + 1}: ${name.padEnd(26)} ${speed.padStart(11)}; ${spent.join(', ')} s`);
    }
  }
  const median = (name: string) =>
    speeds.get(name)!.toSorted((a, b) => a - b)[Math.floor(speeds.get(name)!.length / 2)]!;
  const own = median('sendFile');
  for (const name of names) {
    console.log(
      `${name.padEnd(26)} ${median(name).toFixed(0)} MiB/s; sendFile / this: ${(own / median(name)).toFixed(2)}`,
    );
  }
} finally {
  await client.close();
  await nginx.kill();
  await receiver.end();
  await rm(folder, { recursive: true });
}
