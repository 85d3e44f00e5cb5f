import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { HoldfastError } from '@holdfast/core/adapter';
import { SessionImage, type StoreChanges } from '@holdfast/core/delivery';
import { decodeRecord, encodeRecord } from './record.ts';

const magic = Buffer.from('holdfast.delivery.store.v1\n');

/** A file below this is not worth writing anew. */
const minCompactBytes = 2 ** 20;

/** A file that only grows: what it begins with, and how long it is known to be right. */
class Appendix {
  readonly file: number;
  #length: number;
  #isTorn = false;

  constructor(file: number, length: number) {
    this.file = file;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** Appends all or nothing, in one write. Throws as the file system does; what it has written of it then is cut off. */
  append(bytes: Uint8Array): void {
    this.#cutTorn();
    this.#isTorn = true;
    const written = writeSync(this.file, bytes, 0, bytes.length, this.#length);
    // The system says why only when it is asked for the rest.
    if (written < bytes.length) writeAll(this.file, bytes.subarray(written), this.#length + written);
    this.#length += bytes.length;
    this.#isTorn = false;
  }

  /** Leaves nothing behind its end that could be taken for a record one day. */
  #cutTorn(): void {
    if (!this.#isTorn) return;
    ftruncateSync(this.file, this.#length);
    this.#isTorn = false;
  }
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at);
}

/**
 * The changes of a session in a file, one record behind the other. What the end of a process has torn off is ignored, and
 * when much of the file is out of date, it is written anew beside it and takes its place.
 */
export class LogFile {
  readonly #path: string;
  readonly #image = new SessionImage();
  #log: Appendix;
  /** The file that is to take the place of the log, as soon as what it begins with is on the disk. */
  #next: Appendix | undefined;
  #compactBytes = minCompactBytes;
  /** While a file is synced it is not to be closed. */
  #syncs = 0;
  #onSynced = () => {};
  #isNameSynced = false;
  #isClosed = false;

  /** Opens the file, or begins one that only its user may read. Throws as the file system does, and `store-failed` for a file of something else. */
  constructor(path: string) {
    this.#path = path;
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      this.#log = this.#load(file);
    } catch (cause) {
      closeSync(file);
      throw cause;
    }
  }

  /** The session as it was saved; `undefined` for none. */
  get saved(): ReturnType<SessionImage['toSaved']> | undefined {
    return this.#log.length > magic.length ? this.#image.toSaved() : undefined;
  }

  /** Appends a change, all or nothing. Throws as the file system does. */
  append(changes: StoreChanges): void {
    const record = encodeRecord(changes);
    this.#log.append(record);
    this.#image.apply(changes);
    this.#appendToNext(record);
    if (this.#log.length > this.#compactBytes + 4 * this.#image.keptBytes) this.#compact();
  }

  /** Resolves when all that was appended is on the disk, also in the file that is to come. Rejects as the file system does. */
  async sync(): Promise<void> {
    if (!this.#isNameSynced) syncFolder(dirname(this.#path));
    this.#isNameSynced = true;
    this.#syncs += 1;
    try {
      const files = this.#next ? [this.#log, this.#next] : [this.#log];
      await Promise.all(files.map(({ file }) => promisify(fdatasync)(file)));
    } finally {
      this.#syncs -= 1;
      if (this.#syncs === 0) this.#onSynced();
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#dropNext();
    const { file } = this.#log;
    this.#whenSynced(() => closeSync(file));
  }

  #load(file: number): Appendix {
    const bytes = readFileSync(file);
    const begin = bytes.subarray(0, magic.length);
    if (!magic.subarray(0, begin.length).equals(begin)) {
      throw new HoldfastError('store-failed', `${this.#path}: not a delivery store`);
    }
    if (begin.length < magic.length) {
      writeAll(file, magic, 0);
      return new Appendix(file, magic.length);
    }
    let end = magic.length;
    for (let next = decodeRecord(bytes, end); next; next = decodeRecord(bytes, end)) {
      this.#image.apply(next.changes);
      end = next.end;
    }
    if (end < fstatSync(file).size) ftruncateSync(file, end);
    return new Appendix(file, end);
  }

  /** Writes the session as it is into a new file. Meanwhile both files get what is appended. */
  #compact(): void {
    if (this.#next) return;
    try {
      const file = openSync(this.#nextPath, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
      this.#next = new Appendix(file, 0);
      this.#next.append(Buffer.concat([magic, encodeRecord(this.#image.toChanges())]));
    } catch {
      return this.#giveUpNext();
    }
    const next = this.#next;
    fsync(next.file, (cause) => {
      if (this.#next !== next) return;
      if (cause) this.#giveUpNext();
      else this.#whenSynced(() => this.#replaceBy(next));
    });
  }

  #replaceBy(next: Appendix): void {
    if (this.#next !== next) return;
    try {
      renameSync(this.#nextPath, this.#path);
    } catch {
      return this.#giveUpNext();
    }
    this.#next = undefined;
    closeSync(this.#log.file);
    this.#log = next;
    this.#compactBytes = minCompactBytes;
    syncFolder(dirname(this.#path));
  }

  /** The log is as good as before, only longer; it is not tried again with every change. */
  #giveUpNext(): void {
    this.#compactBytes = this.#log.length * 2;
    this.#dropNext();
  }

  #whenSynced(act: () => void): void {
    if (this.#syncs === 0) return act();
    const before = this.#onSynced;
    this.#onSynced = () => {
      this.#onSynced = () => {};
      before();
      act();
    };
  }

  #appendToNext(record: Uint8Array): void {
    try {
      this.#next?.append(record);
    } catch {
      this.#giveUpNext();
    }
  }

  #dropNext(): void {
    const next = this.#next;
    if (!next) return;
    this.#next = undefined;
    this.#whenSynced(() => closeSync(next.file));
    try {
      unlinkSync(this.#nextPath);
    } catch {
      // It is written over the next time.
    }
  }

  get #nextPath(): string {
    return `${this.#path}.next`;
  }
}

/** The new name outlives a loss of power too, where the system lets a folder be synced. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Either name leads to the same session.
  }
}
