import { HoldfastError } from '../errors.ts';
import type { FileErrorCode } from '../file-error-code.ts';
import type { FileData } from './file-data.ts';
import type { FileOffer, ReceiverPacket } from './packet.ts';
import type { FilePart } from './ports.ts';

/** What a file that comes in needs of its line. */
interface DownloadLine {
  /** A place for it; rejects where it is refused. */
  readonly open: () => Promise<FilePart>;
  readonly tell: (packet: ReceiverPacket) => void;
  readonly onProgress: (storedBytes: number) => void;
}

/** A file that is whole. */
interface Stored {
  /** What it is called here. */
  readonly name: string;
  /** Its checksum, in hexadecimal digits. */
  readonly digest: string;
}

/** What happens to it besides its bytes. */
type End = { readonly kind: 'end'; readonly checksum: string } | { readonly kind: 'pause' } | FileFault;
interface FileFault {
  readonly kind: 'fault';
  readonly error: HoldfastError;
}

/** One file on its way in, on one line. */
export class Download {
  readonly #offer: FileOffer;
  readonly #transfer: number;
  readonly #windowBytes: number;
  readonly #line: DownloadLine;
  /** What has arrived, and is not given to the store. */
  #pieces: Uint8Array[] = [];
  /** All before it has arrived; undefined until the offer is answered. */
  #receivedOffset: number | undefined;
  #storedOffset = 0;
  #ackedOffset = 0;
  #end: End | undefined;
  #onWake = () => {};

  constructor(offer: FileOffer, transfer: number, windowBytes: number, line: DownloadLine) {
    this.#offer = offer;
    this.#transfer = transfer;
    this.#windowBytes = windowBytes;
    this.#line = line;
  }

  /**
   * Resolves to what was stored, or to undefined where it was not, or before. Rejects with why it was refused or given up,
   * and then nothing of it is left.
   */
  async run(): Promise<Stored | undefined> {
    const part = await this.#line.open();
    try {
      if (this.#end === undefined) this.#accept(part.offset);
      await this.#store(part);
      const end = this.#end as unknown as End;
      if (end.kind === 'fault') throw end.error;
      if (end.kind === 'end') {
        const name = await this.#finish(part, end.checksum);
        return part.isDone ? undefined : { name, digest: end.checksum };
      }
    } catch (error) {
      await part.discard();
      throw error;
    }
    await part.pause();
    return undefined;
  }

  add({ offset, bytes }: FileData): void {
    if (this.#end) return;
    const end = offset + bytes.length;
    const limit = Math.min(this.#offer.size, this.#ackedOffset + this.#windowBytes);
    if (offset !== this.#receivedOffset || end > limit) return this.fail('file-malformed');
    this.#receivedOffset = end;
    this.#pieces.push(bytes);
    this.#onWake();
  }

  /** The sender has sent all. */
  end(checksum: string): void {
    if (this.#receivedOffset === this.#offer.size) this.#endWith({ kind: 'end', checksum });
    else this.fail('file-malformed');
  }

  /** The line is lost. */
  pause(): void {
    this.#endWith({ kind: 'pause' });
  }

  fail(code: FileErrorCode): void {
    this.#endWith({ kind: 'fault', error: new HoldfastError(code, this.#offer.name) });
  }

  #endWith(end: End): void {
    // The sender's own end is waited for until all is stored: what happens meanwhile comes before it.
    if (this.#end === undefined || (this.#end.kind === 'end' && end.kind !== 'end')) this.#end = end;
    this.#onWake();
  }

  #accept(offset: number): void {
    this.#receivedOffset = this.#storedOffset = this.#ackedOffset = offset;
    const packet = { file: 'ACK_NEW_FILE', transfer: this.#transfer, offset, window: this.#windowBytes } as const;
    this.#line.tell(packet);
    this.#line.onProgress(offset);
  }

  /** Stores what arrives until the end of it. */
  async #store(part: FilePart): Promise<void> {
    while (this.#end === undefined || (this.#end.kind === 'end' && this.#pieces.length > 0)) {
      const pieces = this.#pieces.splice(0);
      if (pieces.length > 0) {
        await part.write(pieces);
        for (const piece of pieces) this.#storedOffset += piece.length;
        this.#acknowledge();
      } else {
        await new Promise<void>((resolve) => {
          this.#onWake = resolve;
        });
      }
    }
    // What has arrived need not be sent again.
    if (this.#end.kind === 'pause' && this.#pieces.length > 0) await part.write(this.#pieces);
  }

  /** Lets the sender send more, at the latest when a quarter of the window is stored. */
  #acknowledge(): void {
    const offset = this.#storedOffset;
    // Who would hear it is gone.
    if (this.#end?.kind === 'pause') return;
    if (offset - this.#ackedOffset < this.#windowBytes / 4 && offset !== this.#offer.size) return;
    this.#ackedOffset = offset;
    this.#line.tell({ file: 'ACK_FILE_DATA', transfer: this.#transfer, offset });
    this.#line.onProgress(offset);
  }

  async #finish(part: FilePart, checksum: string): Promise<string> {
    const name = await part.finish(checksum);
    this.#line.tell({ file: 'ACK_FILE_END', transfer: this.#transfer, name });
    return name;
  }
}
