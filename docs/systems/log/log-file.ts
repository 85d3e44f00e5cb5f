import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A log on disk that is written in order, and rotated while it is read. */
export class LogFile {
  readonly path: string;
  #written: Promise<void>;
  #count = 0;

  constructor(path: string) {
    this.path = path;
    this.#written = mkdir(dirname(path), { recursive: true }).then(() => appendFile(path, ''));
  }

  /** Resolves when the line is in the file. */
  write(text: string): Promise<void> {
    return this.#inTurn(() => appendFile(this.path, `${new Date().toISOString()} ${text}\n`));
  }

  /** Writes so many lines that are told apart by their numbers. */
  writeMany(lines: number): Promise<void> {
    return this.#inTurn(() => {
      const at = new Date().toISOString();
      const text = Array.from({ length: lines }, () => `${at} ${sample(++this.#count)}\n`);
      return appendFile(this.path, text.join(''));
    });
  }

  /** The file becomes `name.1`, and an empty one takes its place. */
  rotate(): Promise<void> {
    return this.#inTurn(async () => {
      await rename(this.path, `${this.path}.1`);
      await appendFile(this.path, '');
    });
  }

  /** How long it is now, in bytes. */
  async size(): Promise<number> {
    await this.#written;
    return (await stat(this.path)).size;
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#written.then(act);
    // One write that failed, as on a full disk, is told to who asked for it; the next is tried.
    this.#written = done.catch(() => undefined);
    return done;
  }
}

const levels = ['info', 'info', 'info', 'debug', 'warn', 'error'];
const doings = ['GET /tide 200', 'GET /kelp 304', 'PUT /rock 201', 'cache miss', 'slow query', 'session resumed'];

function sample(number: number): string {
  return `${levels[number % levels.length]} #${number} ${doings[(number * 7) % doings.length]} in ${(number * 13) % 250} ms`;
}
