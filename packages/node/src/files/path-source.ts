import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HoldfastError } from '@holdfast/core/adapter';
import type { FileSource } from '@holdfast/core/files';

/** The file at a path, opened. Rejects with `file-source`. */
export async function pathSource(path: string | URL): Promise<FileSource> {
  const shown = typeof path === 'string' ? path : fileURLToPath(path);
  try {
    const file = await open(path, 'r');
    const status = await file.stat();
    if (status.isFile()) {
      return {
        name: basename(shown),
        size: status.size,
        read: (...where) => fill(file, ...where),
        close: () => file.close(),
      };
    }
    await file.close();
  } catch (cause) {
    throw new HoldfastError('file-source', shown, { cause });
  }
  throw new HoldfastError('file-source', `${shown} is no file`);
}

async function fill(file: Awaited<ReturnType<typeof open>>, offset: number, target: Uint8Array): Promise<void> {
  for (let filled = 0; filled < target.length; ) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, offset + filled);
    if (bytesRead === 0) throw new Error(`the file has become shorter than ${offset + target.length} bytes`);
    filled += bytesRead;
  }
}
