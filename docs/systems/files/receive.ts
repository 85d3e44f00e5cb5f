// Takes files into a folder:  npx tsx docs/systems/files/receive.ts --port 8080 --folder inbox
import { parseArgs } from 'node:util';
import { serve } from '@holdfast/node/server';
import { serveFiles } from './serve-files.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    folder: { type: 'string', default: 'inbox' },
    'max-bytes': { type: 'string', default: String(2 ** 32) },
  },
});

const server = await serve({ port: Number(values.port), host: values.host, path: '/files' }, (connection) =>
  serveFiles(connection, { folder: values.folder, maxBytes: Number(values['max-bytes']), log: console.log }),
);
console.log(`files for ${values.folder} at ws://${values.host}:${server.port}/files`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
