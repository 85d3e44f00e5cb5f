import type { ChecksumName, FileSource } from '@holdfast/core/files';
import { startHashWorker } from './hash-worker.ts';

/** A Blob or a File that another thread reads, and makes the checksum of. */
export async function workerSource(
  blob: Blob & { readonly name?: string },
  checksum: ChecksumName,
): Promise<FileSource> {
  const worker = await startHashWorker(checksum);
  return {
    name: blob.name,
    size: blob.size,
    async read(offset, target) {
      target.set(await worker.read(blob, offset, target.length));
    },
    // What is read is in it already.
    hash: () => ({ update() {}, digest: worker.digest }),
    close: async () => worker.end(),
  };
}
