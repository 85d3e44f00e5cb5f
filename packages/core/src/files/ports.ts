import type { Clock } from '../clock.ts';
import type { ChecksumName } from './hash/create-hash.ts';
import type { FileOffer } from './packet.ts';

/** The bytes of a file that is sent. */
export interface FileSource {
  /** What the file is called where the app says nothing else. */
  readonly name?: string | undefined;
  /** In bytes. */
  readonly size: number;
  /** Fills `target` with the bytes at `offset`. Rejects where they cannot be had, or are not there any more. */
  read(offset: number, target: Uint8Array): Promise<void>;
  /** Begins the checksum; where it is left out, the platform's is taken. */
  hash?(name: ChecksumName): SourceHash;
  close?(): Promise<void>;
}

/** A checksum that may be made elsewhere: in a worker, for example. What it is given is only read until that is resolved. */
export interface SourceHash {
  update(bytes: Uint8Array): void | Promise<void>;
  digest(): string | Promise<string>;
}

/** Where files go that are received. */
export interface FileStore {
  /**
   * A place for this file, with what has arrived of it already. Rejects with a HoldfastError whose code travels, or with
   * anything else, which is told as `file-failed`.
   */
  open(offer: FileOffer): Promise<FilePart>;
}

/** A file on its way. After `pause`, `finish` or `discard` it is not used again, and these come after the last `write`. */
export interface FilePart {
  /** How many bytes it has. */
  readonly offset: number;
  /** It had arrived before, whole: only its sender is told so. */
  readonly isDone?: boolean;
  /** Adds these bytes; they are not changed afterwards. Rejects as `open` does. */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  /**
   * Makes it a file under its name, which is answered, if the checksum is right. Rejects with `file-checksum`, and as
   * `open` does; then nothing of it is left.
   */
  finish(checksum: string): Promise<string>;
  /** Keeps it for the time when the sender comes back. */
  pause(): Promise<void>;
  /** Removes it. */
  discard(): Promise<void>;
}

/** What sending files needs of a platform. */
export interface FilesPlatform extends Pick<Clock, 'after'> {
  /** A name that nobody guesses: 16 to 64 of `A-Z a-z 0-9 _ -`. */
  readonly createId: () => string;
  readonly createHash: (name: ChecksumName) => SourceHash;
  /** What is said of each message with bytes of a file. */
  readonly sendOptions?: object;
}
