import { connect } from 'holdfast';
import { type FileProgress, type ReceivedFile, receiveFiles, sendFile, type SentFile } from '@holdfast/web/files';

declare global {
  interface Window {
    sendChosen(options: { checksum: 'sha-256' | 'md5'; cuts: number }): Promise<SentFile[]>;
    fetchBack(): Promise<{ name: string; checksum: string }>;
  }
}

const client = connect(`ws://${location.host}/files`, { reconnect: { minDelayMs: 1, maxDelayMs: 10 } });
const input = document.body.appendChild(
  Object.assign(document.createElement('input'), { type: 'file', multiple: true }),
);

/** Sends what was chosen, all at once; the line is cut so often, each time when more of the first file has arrived. */
window.sendChosen = async ({ checksum, cuts }) => {
  let cut = 0;
  const onProgress = ({ sentBytes, size }: FileProgress) => {
    if (cut === cuts || sentBytes < (size * (cut + 1)) / (cuts + 1)) return;
    cut++;
    client.reconnect();
  };
  const [first, ...more] = [...(input.files ?? [])];
  return Promise.all([
    sendFile(client, first!, { checksum, onProgress }),
    ...more.map((file) => sendFile(client, file, { checksum })),
  ]);
};

/** Asks the server for a file, and answers what arrived. */
window.fetchBack = async () => {
  const file = await new Promise<ReceivedFile>((resolve) => {
    receiveFiles(client, { onFile: resolve });
    client.send('send it back');
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.blob.arrayBuffer()));
  return { name: file.name, checksum: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') };
};
