// The server of a measurement: files over WebSocket at /files, and the bodies of PUT requests at /stream.
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { serve } from '@holdfast/node/server';
import { receiveFiles } from 'holdfast/files';
import { listenOnFreePort } from '../../servers/listen.ts';

const [folder = '', durable = 'process'] = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
const http = createServer((asked, response) => {
  void pipeline(asked, createWriteStream(join(folder, 'streamed.bin'))).then(() => response.writeHead(201).end());
});
await serve({ server: http, path: '/files' }, (connection) => {
  receiveFiles(connection, {
    folder,
    maxBytes: 2 ** 40,
    existing: 'overwrite',
    durable: durable === 'machine' ? 'machine' : 'process',
  });
});
console.log(await listenOnFreePort(http), process.pid);
process.once('SIGINT', () => process.exit());
