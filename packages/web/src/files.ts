// Files from a page and to it, over a client; they are read, and their checksums made, on another thread.
import { failOn } from '@holdfast/core/adapter';
import {
  type BlobLike,
  createHash,
  type FileOffer,
  type FilePeer,
  type FilesPlatform,
  type FileSource,
  isBlob,
  receiveFiles as receiveFilesIn,
  type ReceivedFile as CommonReceivedFile,
  type ReceiveFilesOptions as CommonReceiveOptions,
  type SentFile,
  sendFile as sendFileFrom,
  type SendFileOptions,
} from '@holdfast/core/files';
import { blobStore } from './files/blob-store.ts';
import { workerSource } from './files/worker-source.ts';

export { isFileMessage } from '@holdfast/core/files';
export type {
  ChecksumName,
  FileErrorCode,
  FileOffer,
  FilePeer,
  FileProgress,
  FileSource,
  SendFileOptions,
  SentFile,
  SourceHash,
} from '@holdfast/core/files';

/** The Blob of the app's own types; our declarations do not need those of the DOM. */
type PageBlob = typeof globalThis extends { readonly Blob: { readonly prototype: infer Type } } ? Type : BlobLike;

/** A file that has been received. */
export interface ReceivedFile extends CommonReceivedFile {
  readonly blob: PageBlob;
}

/** How files are received into the page. */
export interface ReceiveFilesOptions extends Omit<CommonReceiveOptions, 'onFile'> {
  /** Is given each file that has arrived whole. */
  readonly onFile: (file: ReceivedFile) => void;
}

const platform: FilesPlatform = {
  createId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  createHash,
  after(delayMs, task) {
    const timer = (delayMs as number) < 2 ** 31 ? setTimeout(task, delayMs) : undefined;
    return () => clearTimeout(timer);
  },
};

/**
 * Sends a File, a Blob or what a source reads, and resolves when the receiver has all of it and its checksum is right. A line
 * that breaks is waited for, and the file goes on where it ended. Rejects with the code of the receiver's refusal, with
 * `file-source` where it cannot be read, `file-timeout`, `connection-lost` when the peer closes, or with the signal's reason; with
 * `unknown-option` or `invalid-option`.
 */
export async function sendFile(
  peer: FilePeer,
  file: PageBlob | FileSource,
  options?: SendFileOptions,
): Promise<SentFile> {
  if (!isBlob(file)) {
    if (typeof (file as Partial<FileSource> | null)?.read !== 'function') {
      failOn('invalid-option', `file ${String(file)}`, 'a File, a Blob or a source');
    }
    return sendFileFrom(peer, file as FileSource, options, platform);
  }
  const source = await workerSource(file as Blob, options?.checksum === 'md5' ? 'md5' : 'sha-256');
  return sendFileFrom(peer, source, options, platform);
}

/**
 * Receives the files that a server sends, as Blobs, until the client closes. What has arrived of a file when the line breaks is
 * kept as long as the page is there. The answer ends it. Throws `unknown-option` or `invalid-option`.
 */
export function receiveFiles(peer: FilePeer, { onFile, ...options }: ReceiveFilesOptions): () => void {
  const blobs = new Map<string, Blob>();
  const store = blobStore((blob: Blob, { id }: FileOffer) => void blobs.set(id, blob));
  return receiveFilesIn(peer, store, {
    ...options,
    onFile(file) {
      const blob = blobs.get(file.id) as Blob;
      blobs.delete(file.id);
      onFile({ ...file, blob });
    },
  });
}
