// Sends a file:  npx tsx docs/systems/files/send.ts ws://127.0.0.1:8080/files video.mp4
// A broken line is waited for. To go on in another process, give it the id that this one has printed: --id ID
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { connect } from 'holdfast';
import { sendFile } from '@holdfast/node/files';
import { progressBar } from './progress-bar.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { id: { type: 'string' }, name: { type: 'string' }, checksum: { type: 'string', default: 'sha-256' } },
});
const [url, path] = positionals;
const { checksum, name, id = randomBytes(16).toString('hex') } = values;
if (url === undefined || path === undefined || (checksum !== 'sha-256' && checksum !== 'md5')) {
  console.error('usage: send.ts URL FILE [--name NAME] [--id ID] [--checksum sha-256|md5]');
  process.exit(2);
}

const client = connect(url, { reconnect: { maxDelayMs: 2_000 } });
client.on('disconnected', ({ reason, error, willReconnect }) => {
  console.error(`disconnected: ${error?.message ?? reason}${willReconnect ? '; it will be tried again' : ''}`);
});
// Ctrl-C leaves what has arrived at the receiver; the same id goes on there.
process.once('SIGINT', () => void client.close());

console.error(`id ${id}`);
const show = progressBar(path);
try {
  const sent = await sendFile(client, path, {
    id,
    checksum,
    ...(name !== undefined && { name }),
    onProgress: ({ sentBytes, size }) => show(sentBytes, size),
  });
  console.log(JSON.stringify(sent));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
await client.close();
