import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '@holdfast/core/adapter';
import { arrivedBefore, type FileOffer, type FilePart, type FileStore, partsFolder } from '@holdfast/core/files';
import { doneNote, readDoneNote, removeDoneNote } from './done-note.ts';
import { openPart } from './open-part.ts';
import type { PartFile } from './part-file.ts';
import { type Existing, place, syncFolder } from './place.ts';
import { storageFailure } from './storage-failure.ts';
import { sweep } from './sweep.ts';

/** How files are kept in a folder. */
export interface FolderStoreOptions {
  readonly existing: Existing;
  readonly isDurable: boolean;
  readonly keepPartsMs: number;
}

/**
 * Keeps files in a folder, which is made where it is missing. What has not wholly arrived is in a folder inside of it, so that no
 * file has a name before it is whole.
 */
export function folderStore(folder: string, options: FolderStoreOptions): FileStore {
  return {
    async open(offer) {
      try {
        return await openInFolder(folder, offer, options);
      } catch (cause) {
        throw storageFailure(cause);
      }
    },
  };
}

async function openInFolder(folder: string, offer: FileOffer, options: FolderStoreOptions): Promise<FilePart> {
  await mkdir(join(folder, partsFolder), { recursive: true });
  const root = await realpath(folder);
  await sweep(join(root, partsFolder), options.keepPartsMs);
  const path = join(root, partsFolder, keyOf(offer));
  const done = await readDoneNote(path);
  if (done) return arrivedBefore(offer.size, done.name, done.checksum);
  if (options.existing === 'refuse' && (await exists(join(root, offer.name)))) {
    throw new HoldfastError('file-exists', offer.name);
  }
  const part = await openPart(`${path}.part`, offer.checksum, options.isDurable);
  try {
    await checkSpace(root, offer.size - part.bytes);
  } catch (error) {
    // A part in which nothing is would be left by each offer that there is no room for.
    await (part.bytes === 0 ? part.discard() : part.pause());
    throw error;
  }
  return new FolderPart(root, path, offer, part, options);
}

/** What the sender says goes into no path: the same offer has the same name here, and no other offer has. */
function keyOf({ id, name, size, checksum }: FileOffer): string {
  return createHash('sha256')
    .update(JSON.stringify([id, name, size, checksum]))
    .digest('hex')
    .slice(0, 40);
}

async function checkSpace(root: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize < bytes) throw new HoldfastError('file-no-space', `${bytes} bytes, free: ${bavail * bsize}`);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

class FolderPart implements FilePart {
  readonly offset: number;
  readonly #root: string;
  readonly #path: string;
  readonly #offer: FileOffer;
  readonly #part: PartFile;
  readonly #options: FolderStoreOptions;

  constructor(root: string, path: string, offer: FileOffer, part: PartFile, options: FolderStoreOptions) {
    this.offset = part.bytes;
    this.#root = root;
    this.#path = path;
    this.#offer = offer;
    this.#part = part;
    this.#options = options;
  }

  write(pieces: readonly Uint8Array[]): Promise<void> {
    return this.#told(this.#part.write(pieces));
  }

  async finish(checksum: string): Promise<string> {
    return this.#told(this.#finish(checksum));
  }

  pause(): Promise<void> {
    return this.#part.pause();
  }

  discard(): Promise<void> {
    return this.#part.discard();
  }

  async #finish(checksum: string): Promise<string> {
    const made = await this.#part.digest();
    if (made !== checksum) throw new HoldfastError('file-checksum', `${checksum}, and here ${made}`);
    await this.#part.complete();
    const { existing, isDurable } = this.#options;
    const note = doneNote(this.#path, checksum, isDurable);
    try {
      const name = await place(this.#part.path, this.#root, this.#offer.name, existing, note);
      if (isDurable) await syncFolder(this.#root);
      return name;
    } catch (error) {
      // Before the part is removed: a note alone says that the file has arrived.
      await removeDoneNote(this.#path);
      throw error;
    }
  }

  async #told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw storageFailure(cause);
    }
  }
}
