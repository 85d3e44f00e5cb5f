import { HoldfastError } from '../errors.ts';
import { watchLine } from '../rpc/peer.ts';
import { fillOptions } from '../session/fill-options.ts';
import { Download } from './download.ts';
import { readData } from './file-data.ts';
import { failureOf } from './file-failure.ts';
import { fileNameFault } from './file-name.ts';
import type { FilePeer } from './outgoing-line.ts';
import { type FileOffer, formatPacket, minWindowBytes, readPacket, type ReceiverPacket } from './packet.ts';
import type { FileStore } from './ports.ts';
import type { FileProgress } from './sent-file.ts';

/** A file that has been received. */
export interface ReceivedFile extends FileOffer {
  /** What the sender called it; `name` is what it is called here. */
  readonly offeredName: string;
  /** Its checksum, in hexadecimal digits. */
  readonly digest: string;
}

/** How files are received. */
export interface ReceiveFilesOptions {
  /** The longest file that is taken, in bytes. Default 1 GiB. */
  readonly maxBytes?: number;
  /** How many files of this peer may be on their way at once. Default 16. */
  readonly maxFiles?: number;
  /** How much of a file may be on its way and not yet stored, in bytes. Default 8 MiB. */
  readonly windowBytes?: number;
  /** Decides on each file whose name and size are right; `false` refuses it. Default: all are taken. */
  readonly accept?: (offer: FileOffer) => boolean | Promise<boolean>;
  /** Is told how far a file has come. */
  readonly onProgress?: (progress: FileProgress, offer: FileOffer) => void;
  /** Is told of each file that has arrived whole. */
  readonly onFile?: (file: ReceivedFile) => void;
  /** Is told why a file was not taken, or not to its end; the sender is told the code alone. */
  readonly onError?: (error: HoldfastError, offer: FileOffer) => void;
}

const defaults: Required<ReceiveFilesOptions> = {
  maxBytes: 2 ** 30,
  maxFiles: 16,
  windowBytes: 2 ** 23,
  accept: () => true,
  onProgress: () => {},
  onFile: () => {},
  onError: () => {},
};

/**
 * Receives the files that a peer sends, until it closes. What has arrived of a file when the line breaks is kept by the store. The
 * answer ends it, and removes what has not wholly arrived. Throws `unknown-option` or `invalid-option`.
 */
export function receiveFiles(peer: FilePeer, store: FileStore, options?: ReceiveFilesOptions): () => void {
  const filled = fillOptions(options, defaults, 'receiveFiles') as Required<ReceiveFilesOptions>;
  const windowBytes = Math.max(minWindowBytes, filled.windowBytes);
  const downloads = new Map<number, Download>();
  const tell = (packet: ReceiverPacket) => {
    // A line that ended has nobody to tell.
    if (!peer.state.name.startsWith('clos')) peer.send(formatPacket(packet) as never);
  };
  const refuse = (offer: FileOffer, transfer: number, error: HoldfastError) => {
    const failure = failureOf(error);
    tell({ file: 'FILE_ERROR', transfer, code: failure.code });
    filled.onError(failure, offer);
  };
  const open = async (offer: FileOffer) => {
    const fault = fileNameFault(offer.name);
    if (fault) throw new HoldfastError('file-name-refused', `${JSON.stringify(offer.name)} ${fault}`);
    if (offer.size > filled.maxBytes) {
      throw new HoldfastError('file-too-large', `${offer.size} bytes, allowed: ${filled.maxBytes}`);
    }
    if (!(await filled.accept(offer))) throw new HoldfastError('file-refused', offer.name);
    return store.open(offer);
  };
  const take = (offer: FileOffer, transfer: number) => {
    if (downloads.size >= filled.maxFiles) {
      refuse(offer, transfer, new HoldfastError('file-busy', `over ${filled.maxFiles} files at once`));
      return;
    }
    const download = new Download(offer, transfer, windowBytes, {
      open: () => open(offer),
      tell,
      onProgress: (storedBytes) => filled.onProgress({ sentBytes: storedBytes, size: offer.size }, offer),
    });
    downloads.set(transfer, download);
    download
      .run()
      .then(
        (stored) => stored && filled.onFile({ ...offer, ...stored, offeredName: offer.name }),
        (error: HoldfastError) => refuse(offer, transfer, error),
      )
      // A line that was lost has taken it from the list, and the number may be another's by now.
      .finally(() => downloads.get(transfer) === download && downloads.delete(transfer))
      .catch((cause: unknown) => filled.onError(new HoldfastError('listener-threw', 'files', { cause }), offer));
  };
  const onMessage = ({ data: message }: { readonly data: unknown }) => {
    const data = readData(message);
    if (data) {
      // What waited while the line was lost may come behind it: its number is of no file of this line.
      downloads.get(data.transfer)?.add(data);
      return;
    }
    const packet = readPacket(message);
    if (packet?.transfer === undefined) return;
    const { file, transfer } = packet;
    const known = downloads.get(transfer);
    if (file === 'malformed') {
      if (known) known.fail('file-malformed');
      else tell({ file: 'FILE_ERROR', transfer, code: 'file-malformed' });
    } else if (file === 'NEW_FILE') {
      if (known) known.fail('file-malformed');
      else take(packet, transfer);
    } else if (file === 'FILE_END') known?.end(packet.checksum);
    else if (file === 'FILE_CANCEL') known?.fail('file-cancelled');
  };
  const letGo = () => {
    for (const download of downloads.values()) download.pause();
    downloads.clear();
  };
  const offs = [peer.on('message', onMessage), watchLine(peer, { onLost: letGo, onClosed: letGo })];
  return () => {
    for (const off of offs) off();
    for (const download of downloads.values()) download.fail('file-cancelled');
  };
}
