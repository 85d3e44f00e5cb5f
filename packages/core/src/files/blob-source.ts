import type { FileSource } from './ports.ts';

/** The part of a Blob or a File that is read. */
export interface BlobLike {
  readonly name?: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Whether this is a Blob, and not a source. */
export function isBlob(value: unknown): value is BlobLike {
  return typeof (value as Partial<BlobLike> | null)?.slice === 'function' && !('read' in (value as object));
}

/** Sends a Blob or a File, which is read piece by piece. */
export function blobSource(blob: BlobLike): FileSource {
  return {
    name: blob.name,
    size: blob.size,
    async read(offset, target) {
      target.set(new Uint8Array(await blob.slice(offset, offset + target.length).arrayBuffer()));
    },
  };
}
