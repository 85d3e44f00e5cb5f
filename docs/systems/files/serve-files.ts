import type { Connection } from '@holdfast/node/server';
import { receiveFiles } from '@holdfast/node/files';
import type { Shelf } from './send-back.ts';

/** How a server of files is run. */
export interface ServeFilesOptions {
  /** Where they go. */
  readonly folder: string;
  /** The longest file that is taken, in bytes. */
  readonly maxBytes: number;
  readonly shelf: Shelf;
}

/** The server's half: takes the files that this connection sends, several at once, each under a name that is free. */
export function serveFiles(connection: Connection, { folder, maxBytes, shelf }: ServeFilesOptions): void {
  receiveFiles(connection, { folder, maxBytes, existing: 'rename', onFile: (file) => shelf.add(file) });
  shelf.serve(connection);
}
