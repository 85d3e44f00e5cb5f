import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { failOn, HoldfastError } from '@holdfast/core/adapter';
import type { DeliveryStore, SavedSession, StoreChanges } from '@holdfast/core/delivery';
import { lockFile } from './lock-file.ts';
import { LogFile } from './log-file.ts';
import { type Durability, type FileStoreOptions, resolveFileStoreOptions } from './options.ts';

/**
 * Keeps a session in a file at this path, in a folder that is there, for one process at a time. `open` and `write` reject
 * with `store-failed`, which names the path and the cause; the file is then as it was. Throws on wrong options.
 */
export function fileStore(path: string, options: FileStoreOptions = {}): DeliveryStore {
  if (typeof path !== 'string' || path === '') failOn('invalid-option', `path ${path}`, 'a path');
  return new FileStore(resolve(path), resolveFileStoreOptions(options).durable);
}

/** What is open when the process ends by itself is saved in its last moment. */
const openStores = new Set<FileStore>();
const onExit = () => openStores.forEach((store) => store.end());

class FileStore implements DeliveryStore {
  readonly #path: string;
  readonly #durable: Durability;
  #log: LogFile | undefined;
  #unlock: (() => void) | undefined;
  #unsaved: () => StoreChanges = () => ({});

  constructor(path: string, durable: Durability) {
    this.#path = path;
    this.#durable = durable;
  }

  async open(unsaved: () => StoreChanges): Promise<SavedSession | undefined> {
    try {
      this.#unlock ??= lockFile(this.#path);
      this.#log ??= new LogFile(this.#path);
    } catch (cause) {
      this.close();
      throw failed(this.#path, cause);
    }
    this.#unsaved = unsaved;
    if (openStores.size === 0) process.on('exit', onExit);
    openStores.add(this);
    return this.#log.saved;
  }

  async write(changes: StoreChanges): Promise<void> {
    if (!this.#log) throw failed(this.#path, 'not open');
    try {
      this.#log.append(changes);
      if (this.#durable === 'machine') await this.#log.sync();
    } catch (cause) {
      throw failed(this.#path, cause);
    }
  }

  async clear(): Promise<void> {
    // What another process has is not ours to remove.
    if (!this.#log) return;
    this.#closeLog();
    try {
      rmSync(this.#path, { force: true });
    } catch (cause) {
      throw failed(this.#path, cause);
    }
  }

  close(): void {
    this.#closeLog();
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /** The process ends. */
  end(): void {
    const changes = this.#unsaved();
    try {
      if (Object.keys(changes).length > 0) this.#log?.append(changes);
    } catch {
      // There is nobody left to tell.
    }
    this.close();
  }

  #closeLog(): void {
    this.#log?.close();
    this.#log = undefined;
    if (openStores.delete(this) && openStores.size === 0) process.off('exit', onExit);
  }
}

function failed(path: string, cause: unknown): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  return new HoldfastError('store-failed', `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
}
