import type { ChecksumName } from '@holdfast/core/files';
import { PartFile } from './part-file.ts';

/** All parts of this process, by path: open, or waiting for a sender that comes back. */
const parts = new Map<string, PartFile>();

/** How many parts that wait keep their checksum; of others it is made again from the file. */
const maxWaiting = 256;

/** Whether a path is that of a part that is open. */
export function isPartOpen(path: string): boolean {
  return parts.get(path)?.isOpen ?? false;
}

/**
 * The file that holds what has arrived, open for more. Who had it open before, over a line that may not know that it is
 * broken, has it no longer.
 */
export async function openPart(path: string, checksum: ChecksumName, isDurable: boolean): Promise<PartFile> {
  const before = parts.get(path);
  const part = new PartFile(path, isDurable, () => {
    if (parts.get(path) === part) parts.delete(path);
  });
  parts.delete(path);
  parts.set(path, part);
  const waiting = [...parts].filter(([, { isWaiting }]) => isWaiting);
  for (const [name] of waiting.slice(0, Math.max(0, waiting.length - maxWaiting))) parts.delete(name);
  try {
    await part.open(checksum, before);
  } catch (error) {
    await part.pause();
    throw error;
  }
  return part;
}
