import type { Client } from 'holdfast';
import { isFileMessage, receiveFiles, type ReceivedFile } from '@holdfast/web/files';

/** What waits for a file. */
interface Waiting {
  readonly id: string;
  readonly onBytes: (bytes: number) => void;
  readonly onFile: (file: ReceivedFile) => void;
  readonly onFault: (error: Error) => void;
}

/** Gets a file back that the server has, by the id that it was sent with; rejects with why not. */
export type GetBack = (id: string, onBytes: (bytes: number) => void) => Promise<ReceivedFile>;

/** The page's half of what `send-back.ts` does. It asks again on each new line, and the file goes on where it ended. */
export function createGetBack(client: Client): GetBack {
  const waiting = new Map<string, Waiting>();
  const ask = (as: string, { id }: Waiting) => client.send(JSON.stringify({ get: id, as }));
  receiveFiles(client, {
    // Nothing that the page has not asked for.
    accept: ({ id }) => waiting.has(id),
    maxBytes: 2 ** 32,
    onProgress: ({ sentBytes }, { id }) => waiting.get(id)?.onBytes(sentBytes),
    onFile: (file) => waiting.get(file.id)?.onFile(file),
    onError: (error, { id }) => waiting.get(id)?.onFault(error),
  });
  client.on('open', () => {
    for (const [as, each] of waiting) ask(as, each);
  });
  client.on('message', ({ data }) => {
    const gone = isFileMessage(data) ? undefined : /^\{"gone":"([\w-]+)"\}$/.exec(String(data))?.[1];
    if (gone !== undefined) waiting.get(gone)?.onFault(new Error('the server has it no longer'));
  });
  return async (id, onBytes) => {
    const as = crypto.randomUUID();
    try {
      return await new Promise((onFile, onFault) => {
        const entry = { id, onBytes, onFile, onFault };
        waiting.set(as, entry);
        if (client.state.name === 'open') ask(as, entry);
      });
    } finally {
      waiting.delete(as);
    }
  };
}

/** Lets the browser save a Blob under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
