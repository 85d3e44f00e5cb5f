import { type FileHandle, open } from 'node:fs/promises';
import { watchFile } from './watch-file.ts';
import { LineSplitter } from './line-splitter.ts';

/** A place between two lines: of which file, and behind how many bytes. */
export interface Position {
  /** Device and inode, which a file keeps when it is renamed. */
  readonly file: string;
  readonly byte: number;
}

/** What a tail finds: whole lines and the place behind them, or that another file has taken the place of this one. */
export type TailEvent =
  | { readonly type: 'lines'; readonly lines: readonly string[]; readonly next: Position }
  | { readonly type: 'rotated' };

const pieceBytes = 65_536;

// #region tail
/**
 * Reads the lines of a file as they are written, and never ends by itself: from a position on, or the last `tailBytes`. It
 * reads no further than it is asked to: what nobody takes stays in the file. When the file is renamed and a new one takes its
 * place, the old one is read to its end first; when it is cut off, it is read from its beginning. The file may be missing
 * for a while. Ends when `signal` is aborted.
 */
export async function* tailFile(
  path: string,
  start: Position | { readonly tailBytes: number },
  signal: AbortSignal,
): AsyncGenerator<TailEvent, void> {
  const changes = watchFile(path, signal);
  let file = await openIfThere(path);
  const begin = await place(file, start);
  let { at, isInLine } = begin;
  let splitter = new LineSplitter();
  try {
    if (begin.isOther) yield { type: 'rotated' };
    while (!signal.aborted) {
      // Asked for before it is read: a change in between is not missed.
      const changed = changes.next();
      const next = await nextFile(path, file, at);
      // Read after that: what was written to the old file before the new one took its place is in it.
      const piece = file && (await readPiece(file, at));
      if (file && piece) {
        at += piece.length;
        if (next && next !== file) await next.close();
        const lines = splitter.push(piece);
        const whole = isInLine ? lines.slice(1) : lines;
        isInLine &&= lines.length === 0;
        const position = { file: await nameOf(file), byte: at - splitter.restBytes };
        if (whole.length > 0) yield { type: 'lines', lines: whole, next: position };
      } else if (next) {
        const rest = splitter.end();
        if (rest !== undefined) yield { type: 'lines', lines: [rest], next: { file: await nameOf(next), byte: 0 } };
        if (file) yield { type: 'rotated' };
        if (next !== file) await file?.close();
        file = next;
        at = 0;
        splitter = new LineSplitter();
      } else await changed;
    }
  } finally {
    changes.close();
    await file?.close();
  }
}
// #endregion tail

/** Where to begin; in the middle of a line, perhaps; perhaps in another file than the one that was read before. */
async function place(file: FileHandle | undefined, start: Position | { readonly tailBytes: number }) {
  const size = file ? (await file.stat()).size : 0;
  if ('tailBytes' in start) {
    const at = Math.max(0, size - start.tailBytes);
    return { at, isInLine: at > 0, isOther: false };
  }
  const isSame = file !== undefined && (await nameOf(file)) === start.file && start.byte <= size;
  return { at: isSame ? start.byte : 0, isInLine: false, isOther: !isSame };
}

/** The next bytes; undefined at the end of what is written. */
async function readPiece(file: FileHandle, at: number): Promise<Buffer | undefined> {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const { bytesRead } = await file.read(buffer, 0, pieceBytes, at);
  return bytesRead > 0 ? buffer.subarray(0, bytesRead) : undefined;
}

/** What is to be read from its beginning: another file of this name, or this one when it became shorter. */
async function nextFile(path: string, file: FileHandle | undefined, at: number): Promise<FileHandle | undefined> {
  const other = await openIfThere(path);
  if (!other || !file) return other;
  const { size } = await other.stat();
  if ((await nameOf(file)) !== (await nameOf(other))) return other;
  await other.close();
  return size < at ? file : undefined;
}

async function nameOf(file: FileHandle): Promise<string> {
  const { dev, ino } = await file.stat();
  return `${dev}.${ino}`;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
