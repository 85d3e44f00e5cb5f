import type { Connection } from '@holdfast/node/server';
import { receiveFiles, type ReceivedFile } from '@holdfast/node/files';

/** How a server of files is run. */
export interface ServeFilesOptions {
  /** Where they go. */
  readonly folder: string;
  /** The longest file that is taken, in bytes. */
  readonly maxBytes: number;
  /** Is told of what happens, a line each. */
  readonly log?: (line: string) => void;
  readonly onFile?: (file: ReceivedFile) => void;
}

/** The server's half: takes the files that this connection sends, several at once, each under a name that is free. */
export function serveFiles(connection: Connection, { folder, maxBytes, log, onFile }: ServeFilesOptions): void {
  receiveFiles(connection, {
    folder,
    maxBytes,
    existing: 'rename',
    onFile(file) {
      log?.(`${file.name}: ${file.size} bytes have arrived`);
      onFile?.(file);
    },
    onError: (error, offer) => log?.(`${JSON.stringify(offer.name)}: ${error.message}`),
  });
}
