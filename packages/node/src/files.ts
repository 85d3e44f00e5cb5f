// Files to and from the disk, over a client or a connection.
import { createHash, randomBytes } from 'node:crypto';
import { failOn } from '@holdfast/core/adapter';
import {
  blobSource,
  type BlobLike,
  type FilePeer,
  type FilesPlatform,
  type FileSource,
  isBlob,
  receiveFiles as receiveFilesIn,
  type ReceiveFilesOptions as CommonReceiveOptions,
  type SentFile,
  sendFile as sendFileFrom,
  type SendFileOptions,
} from '@holdfast/core/files';
import { folderStore } from './files/folder-store.ts';
import { pathSource } from './files/path-source.ts';
import type { Existing } from './files/place.ts';
import { platformClock } from './platform-clock.ts';

export { isFileMessage } from '@holdfast/core/files';
export type {
  BlobLike,
  ChecksumName,
  FileErrorCode,
  FileOffer,
  FilePart,
  FilePeer,
  FileProgress,
  FileSource,
  FileStore,
  ReceivedFile,
  SendFileOptions,
  SentFile,
  SourceHash,
} from '@holdfast/core/files';
export type { Existing } from './files/place.ts';

/** A `file:` URL, as the app's own types have it; our declarations need no type package. */
type FileUrl = typeof globalThis extends { readonly URL: { readonly prototype: infer Type } }
  ? Type
  : { readonly href: string };

/** How files are received into a folder. */
export interface ReceiveFilesOptions extends CommonReceiveOptions {
  /** Where they go; it is made where it is missing. */
  readonly folder: string;
  /**
   * What becomes of a file whose name is taken: `'refuse'` tells the sender `file-exists`, `'rename'` makes `name (2)`,
   * `'overwrite'` replaces the other when the new one is whole. Default `'refuse'`.
   */
  readonly existing?: Existing;
  /**
   * `'machine'`: a file that the sender was told of is on the disk, and outlives a loss of power. `'process'`: it is with the
   * system, which is quicker. Default `'machine'`.
   */
  readonly durable?: 'process' | 'machine';
  /** How long the part of a file is kept for a sender that comes back, in ms. Default 24 hours. */
  readonly keepPartsMs?: number;
}

const platform: FilesPlatform = {
  after: platformClock.after,
  createId: () => randomBytes(16).toString('hex'),
  createHash(name) {
    const hash = createHash(name === 'md5' ? 'md5' : 'sha256');
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
  },
  // What is worth compressing mostly is by now, and it would cost more than the line.
  sendOptions: { compress: false },
};

/**
 * Sends the file at a path, a Blob or what a source reads, and resolves when the receiver has all of it and its checksum is
 * right. A line that breaks is waited for where the peer comes back, and the file goes on where it ended. Rejects with the code
 * of the receiver's refusal, with `file-source` where it cannot be read, `file-timeout`, `connection-lost` when the peer
 * closes, or with the signal's reason; with `unknown-option` or `invalid-option`.
 */
export async function sendFile(
  peer: FilePeer,
  file: string | FileUrl | BlobLike | FileSource,
  options?: SendFileOptions,
): Promise<SentFile> {
  const isPath = typeof file === 'string' || file instanceof URL;
  if (isPath) return sendFileFrom(peer, await pathSource(file), options, platform);
  return sendFileFrom(peer, isBlob(file) ? blobSource(file) : file, options, platform);
}

/**
 * Receives the files that a peer sends into a folder, until it closes. What has arrived of a file when the line breaks is kept
 * there for when the sender comes back, over whatever connection and in whatever process. The answer ends it, and removes what
 * has not wholly arrived. Throws `unknown-option` or `invalid-option`.
 */
export function receiveFiles(peer: FilePeer, options: ReceiveFilesOptions): () => void {
  const { folder, existing = 'refuse', durable = 'machine', keepPartsMs = 86_400_000, ...common } = options;
  if (typeof folder !== 'string' || folder === '') failOn('invalid-option', `folder ${folder}`, 'a path');
  if (!/^(refuse|rename|overwrite)$/.test(existing)) {
    failOn('invalid-option', `existing ${existing}`, 'refuse, rename, overwrite');
  }
  if (!/^(process|machine)$/.test(durable)) failOn('invalid-option', `durable ${durable}`, 'process, machine');
  return receiveFilesIn(peer, folderStore(folder, { existing, isDurable: durable === 'machine', keepPartsMs }), common);
}
