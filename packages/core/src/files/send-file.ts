import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import { failOn, HoldfastError } from '../errors.ts';
import { fillOptions } from '../session/fill-options.ts';
import { watchLine } from '../rpc/peer.ts';
import { type ChecksumName, isChecksumName } from './hash/create-hash.ts';
import type { FilePeer } from './outgoing-line.ts';
import type { FileOffer } from './packet.ts';
import type { FileSource, FilesPlatform } from './ports.ts';
import type { FileProgress, SentFile } from './sent-file.ts';
import { Upload } from './upload.ts';

/** How one file is sent. */
export interface SendFileOptions {
  /** What the receiver is told that it is called. Default: its own name. */
  readonly name?: string;
  /** Default `'sha-256'`. */
  readonly checksum?: ChecksumName;
  /** The id of an earlier attempt, to go on where that ended; the file has to be the same. Default: a new one. */
  readonly id?: string;
  /** Is told how far it has come; while a promise that it answers is pending, nothing more is sent. */
  readonly onProgress?: (progress: FileProgress) => unknown;
  /** Gives it up, and the receiver removes what it has. */
  readonly signal?: AbortSignalLike | undefined;
  /** How long the receiver may say nothing of it while a line is open, in ms. Default 60,000. */
  readonly timeoutMs?: number;
}

const defaults: Required<SendFileOptions> = {
  name: '',
  checksum: 'sha-256',
  id: '',
  onProgress: () => {},
  signal: undefined,
  timeoutMs: 60_000,
};

/**
 * Sends a file, and resolves when the receiver has all of it and its checksum is right. A line that breaks is waited for where the
 * peer comes back, and the file goes on where it ended. Rejects with the code of the receiver's refusal, with `file-source` where it
 * cannot be read, `file-timeout`, `connection-lost` when the peer closes, or with the signal's reason. Throws `unknown-option` or
 * `invalid-option`.
 */
export function sendFile(
  peer: FilePeer,
  source: FileSource,
  options: SendFileOptions | undefined,
  platform: FilesPlatform,
): Promise<SentFile> {
  const filled = fillOptions(options, defaults, 'sendFile') as Required<SendFileOptions>;
  const { checksum, onProgress, signal, timeoutMs } = filled;
  if (!isChecksumName(checksum)) failOn('invalid-option', `checksum ${checksum as string}`, 'sha-256, md5');
  const offer: FileOffer = {
    id: filled.id || platform.createId(),
    name: filled.name || source.name || 'file',
    size: source.size,
    checksum,
  };
  const upload = new Upload(peer, source, offer, { onProgress, timeoutMs }, platform);
  const offs = [
    watchLine(peer, {
      onLost: () => upload.lose(),
      onOpen: () => upload.wake(),
      onClosed: (cause) => upload.fail(closed(cause)),
    }),
    onAbort(signal, (reason) => upload.fail(reason)),
  ];
  if (peer.state.name.startsWith('clos')) upload.fail(closed(undefined));
  return finish(upload, source, offs);
}

async function finish(upload: Upload, source: FileSource, offs: readonly (() => void)[]): Promise<SentFile> {
  try {
    return await upload.run();
  } finally {
    for (const off of offs) off();
    await source.close?.();
  }
}

function closed(cause: HoldfastError | undefined): HoldfastError {
  return new HoldfastError('connection-lost', 'closed before the file had arrived', { cause });
}
