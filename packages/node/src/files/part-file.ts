import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { HoldfastError } from '@holdfast/core/adapter';
import type { ChecksumName } from '@holdfast/core/files';

/** A part that was let go, and what is known of it: so much of it is in the checksum. */
interface Known {
  readonly hash: Hash;
  readonly bytes: number;
}

const readBytes = 1024 * 1024;

/** How many bytes may be written and not be on the disk, where they have to get there. */
const syncBytes = 64 * 1024 * 1024;

/** A growing file and the checksum of what is in it. Its methods do one thing after the other. */
export class PartFile {
  readonly path: string;
  readonly #isDurable: boolean;
  readonly #onDone: () => void;
  #file: FileHandle | undefined;
  #hash: Hash | undefined;
  #bytes = 0;
  #unsyncedBytes = 0;
  #syncing: Promise<void> = Promise.resolve();
  #isTaken = false;
  #last: Promise<unknown> = Promise.resolve();

  /** `onDone` is called when it waits for nobody any more. */
  constructor(path: string, isDurable: boolean, onDone: () => void) {
    this.path = path;
    this.#onDone = onDone;
    this.#isDurable = isDurable;
  }

  /** How many bytes it has. */
  get bytes(): number {
    return this.#bytes;
  }

  get isOpen(): boolean {
    return this.#file !== undefined;
  }

  /** Whether it waits for its sender. */
  get isWaiting(): boolean {
    return this.#file === undefined && this.#hash !== undefined;
  }

  /** Opens it, with what is known of it by whoever had it before. */
  open(checksum: ChecksumName, before: PartFile | undefined): Promise<void> {
    return this.#inOrder(async () => {
      const known = before && (await before.#give());
      // What is at this path and is no file of ours is not followed.
      const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
      this.#file = await open(this.path, flags, 0o666);
      const { size } = await this.#file.stat();
      this.#hash = createHash(checksum === 'md5' ? 'md5' : 'sha256');
      if (known && known.bytes <= size) {
        this.#hash = known.hash;
        this.#bytes = known.bytes;
        await this.#file.truncate(known.bytes);
      } else await this.#readAgain(size);
    });
  }

  /** Adds bytes. */
  write(pieces: readonly Uint8Array[]): Promise<void> {
    return this.#inOrder(async () => {
      const writing = this.#writeAll(pieces);
      // While the system writes.
      for (const piece of pieces) this.#hash!.update(piece);
      const written = await writing;
      this.#bytes += written;
      this.#unsyncedBytes += written;
      if (!this.#isDurable || this.#unsyncedBytes < syncBytes) return;
      // The disk gets the last of it while more arrives, so that little is left to wait for at the end.
      await this.#syncing;
      this.#unsyncedBytes = 0;
      this.#syncing = this.#file!.datasync();
      this.#syncing.catch(() => {});
    });
  }

  /** The checksum of all; nothing more is added. */
  digest(): Promise<string> {
    return this.#inOrder(async () => {
      const digest = this.#hash!.digest('hex');
      this.#hash = undefined;
      return digest;
    });
  }

  /** Closes it when all is written, and on the disk where it has to be. */
  complete(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#syncing;
      if (this.#isDurable) await this.#file!.sync();
      await this.#close();
      this.#onDone();
    });
  }

  /** Closes it, and keeps what is known of it. */
  pause(): Promise<void> {
    return this.#unlessTaken(async () => {
      await this.#close();
      if (this.#hash === undefined) this.#onDone();
    });
  }

  /** Removes it. */
  discard(): Promise<void> {
    return this.#unlessTaken(async () => {
      await this.#close();
      await unlink(this.path).catch(() => {});
      this.#onDone();
    });
  }

  /** Gives it up for another line. */
  async #give(): Promise<Known | undefined> {
    this.#isTaken = true;
    await this.#last;
    await this.#close();
    return this.#hash && { hash: this.#hash, bytes: this.#bytes };
  }

  async #readAgain(size: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(readBytes);
    while (this.#bytes < size && !this.#isTaken) {
      const { bytesRead } = await this.#file!.read(buffer, 0, buffer.length, this.#bytes);
      if (bytesRead === 0) break;
      this.#hash!.update(buffer.subarray(0, bytesRead));
      this.#bytes += bytesRead;
    }
  }

  /** One call for all, and then for what the system has left of each. */
  async #writeAll(pieces: readonly Uint8Array[]): Promise<number> {
    const { bytesWritten } = await this.#file!.writev(pieces, this.#bytes);
    let written = bytesWritten;
    let end = 0;
    for (const piece of pieces) {
      end += piece.length;
      while (written < end) {
        const rest = piece.subarray(piece.length - (end - written));
        written += (await this.#file!.write(rest, 0, rest.length, this.#bytes + written)).bytesWritten;
      }
    }
    return written;
  }

  async #close(): Promise<void> {
    await this.#syncing.catch(() => {});
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #unlessTaken(task: () => Promise<void>): Promise<void> {
    if (this.#isTaken) return;
    await this.#inOrder(task);
  }

  #inOrder<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      if (this.#isTaken) throw new HoldfastError('file-taken', 'another line goes on with it');
      return task();
    });
    this.#last = done.catch(() => {});
    return done;
  }
}
