import { HoldfastError } from '@holdfast/core/adapter';
import { arrivedBefore, type FileOffer, type FilePart, type FileStore } from '@holdfast/core/files';
import { type HashWorker, startHashWorker } from './hash-worker.ts';

/** So many bytes become a Blob, which browsers put elsewhere than into the memory of the page. */
const blobBytes = 4 * 1024 * 1024;

/** What has arrived of a file. */
interface Gathered {
  readonly worker: HashWorker;
  readonly blobs: Blob[];
  pieces: Uint8Array[];
  pieceBytes: number;
  bytes: number;
}

/** Keeps files as Blobs, as long as the page is there; `onBlob` gets each that has arrived. */
export function blobStore(onBlob: (blob: Blob, offer: FileOffer) => void): FileStore {
  const waiting = new Map<string, Gathered>();
  /** The checksums of what has arrived, for a sender that has not heard so. */
  const arrived = new Map<string, string>();
  return {
    async open(offer) {
      const key = JSON.stringify([offer.id, offer.name, offer.size, offer.checksum]);
      const checksum = arrived.get(key);
      if (checksum !== undefined) return arrivedBefore(offer.size, offer.name, checksum);
      const gathered = waiting.get(key) ?? (await begin(offer));
      waiting.delete(key);
      return blobPart(gathered, offer, {
        keep: () => void waiting.set(key, gathered),
        onWhole(blob, made) {
          arrived.set(key, made);
          onBlob(blob, offer);
        },
      });
    },
  };
}

async function begin({ checksum }: FileOffer): Promise<Gathered> {
  return { worker: await startHashWorker(checksum), blobs: [], pieces: [], pieceBytes: 0, bytes: 0 };
}

function blobPart(
  gathered: Gathered,
  offer: FileOffer,
  { onWhole, keep }: { onWhole: (blob: Blob, checksum: string) => void; keep: () => void },
): FilePart {
  return {
    offset: gathered.bytes,
    async write(pieces) {
      for (const piece of pieces) {
        await gathered.worker.update(piece);
        add(gathered, piece);
      }
    },
    async finish(checksum) {
      const made = await gathered.worker.digest();
      if (made !== checksum) throw new HoldfastError('file-checksum', `${checksum}, and here ${made}`);
      gathered.worker.end();
      onWhole(new Blob([...gathered.blobs, ...(gathered.pieces as BlobPart[])]), made);
      return offer.name;
    },
    pause: async () => keep(),
    discard: async () => gathered.worker.end(),
  };
}

function add(gathered: Gathered, piece: Uint8Array): void {
  gathered.pieces.push(piece);
  gathered.pieceBytes += piece.length;
  gathered.bytes += piece.length;
  if (gathered.pieceBytes < blobBytes) return;
  gathered.blobs.push(new Blob(gathered.pieces as BlobPart[]));
  gathered.pieces = [];
  gathered.pieceBytes = 0;
}
