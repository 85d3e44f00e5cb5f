import { serve } from '@holdfast/node/server';
import { receiveFiles } from '@holdfast/node/files';

export const server = await serve({ port: 8080, path: '/files' }, (connection) => {
  receiveFiles(connection, {
    folder: 'inbox',
    maxBytes: 10 * 2 ** 30,
    existing: 'rename',
    accept: ({ name, size }) => name.endsWith('.mp4') && size > 0,
    onFile: (file) => console.log(`${file.name}: ${file.size} bytes, ${file.checksum}`),
    onError: (error, offer) => console.log(`${JSON.stringify(offer.name)}: ${error.message}`),
  });
});
