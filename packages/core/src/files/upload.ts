import { HoldfastError } from '../errors.ts';
import { dataHeaderBytes, writeDataHeader } from './file-data.ts';
import { type FilePeer, type OutgoingLine, outgoingLine } from './outgoing-line.ts';
import { MessagePool } from './message-pool.ts';
import type { FileOffer, FilePacket } from './packet.ts';
import type { FileSource, FilesPlatform, SourceHash } from './ports.ts';
import type { FileProgress, SentFile } from './sent-file.ts';

/** The most bytes of a file in one message. */
const chunkBytes = 256 * 1024;

/** What is known of one offer: it ends with its line. */
interface Attempt {
  readonly transfer: number;
  isLost: boolean;
  window: number;
  /** All before it is with the receiver; undefined until the offer is answered. */
  ackedOffset: number | undefined;
  /** Of the file that the receiver has made. */
  name: string | undefined;
}

/** One file on its way out: it is offered again on each line until it has arrived. */
export class Upload {
  readonly #peer: FilePeer;
  readonly #line: OutgoingLine;
  readonly #source: FileSource;
  readonly #offer: FileOffer;
  readonly #how: { onProgress: (progress: FileProgress) => unknown; timeoutMs: number };
  readonly #platform: FilesPlatform;
  readonly #hash: SourceHash;
  readonly #pool = new MessagePool();
  /** All before it is in the checksum. */
  #hashedBytes = 0;
  #checksum: string | undefined;
  #attempt: Attempt | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #onWake = () => {};
  #hold: unknown;

  constructor(
    peer: FilePeer,
    source: FileSource,
    offer: FileOffer,
    how: { onProgress: (progress: FileProgress) => unknown; timeoutMs: number },
    platform: FilesPlatform,
  ) {
    this.#peer = peer;
    this.#line = outgoingLine(peer);
    this.#source = source;
    this.#offer = offer;
    this.#how = how;
    this.#platform = platform;
    this.#hash = source.hash?.(offer.checksum) ?? platform.createHash(offer.checksum);
  }

  /** Resolves when the file has arrived. */
  async run(): Promise<SentFile> {
    for (let resumed = 0; ; resumed++) {
      await this.#until(() => this.#peer.state.name === 'open', Infinity);
      const attempt = this.#begin();
      try {
        await this.#send(attempt);
        if (attempt.name !== undefined) return this.#sent(attempt.name, resumed);
      } catch (error) {
        if (!attempt.isLost) this.#cancel(attempt);
        throw error;
      } finally {
        this.#line.end(attempt.transfer);
      }
    }
  }

  /** The line broke. */
  lose(): void {
    if (this.#attempt) this.#attempt.isLost = true;
    this.#pool.forget();
    this.wake();
  }

  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.wake();
  }

  /** Something happened. */
  wake(): void {
    this.#onWake();
  }

  #sent(name: string, resumed: number): SentFile {
    const { id, size } = this.#offer;
    return { id, name, size, checksum: this.#checksum as string, resumed };
  }

  #begin(): Attempt {
    const transfer = this.#line.begin((packet) => this.#receive(attempt, packet));
    const attempt: Attempt = { transfer, isLost: false, window: 0, ackedOffset: undefined, name: undefined };
    this.#attempt = attempt;
    return attempt;
  }

  #receive(attempt: Attempt, packet: FilePacket): void {
    if (attempt.isLost) return;
    if (packet.file === 'FILE_ERROR') this.fail(new HoldfastError(packet.code, this.#offer.name));
    else if (packet.file === 'ACK_FILE_END') attempt.name = packet.name;
    else if (packet.file === 'ACK_NEW_FILE' || packet.file === 'ACK_FILE_DATA') {
      if (packet.offset > this.#offer.size) this.fail(new HoldfastError('file-malformed', `offset ${packet.offset}`));
      if (packet.file === 'ACK_NEW_FILE') attempt.window = packet.window;
      attempt.ackedOffset = packet.offset;
      this.#pool.stored(packet.offset);
      this.#tellProgress(packet.offset);
    }
    this.wake();
  }

  #tellProgress(sentBytes: number): void {
    try {
      const answer = this.#how.onProgress({ sentBytes, size: this.#offer.size }) as Promise<unknown> | undefined;
      // Only a promise holds it up: an arrow function answers all kinds of things.
      const hold = typeof answer?.then === 'function' ? answer : undefined;
      this.#hold = hold;
      hold?.then(
        () => {
          if (this.#hold === hold) this.#hold = undefined;
          this.wake();
        },
        (reason: unknown) => this.fail(reason),
      );
    } catch (reason) {
      this.fail(reason);
    }
  }

  /** Offers the file, and sends what the receiver lacks of it. */
  async #send(attempt: Attempt): Promise<void> {
    const { transfer } = attempt;
    await this.#inTurn(attempt, () => this.#line.tell({ file: 'NEW_FILE', transfer, ...this.#offer }));
    await this.#unlessLost(attempt, () => attempt.ackedOffset !== undefined);
    if (attempt.isLost) return;
    await this.#sendData(attempt, attempt.ackedOffset as number);
    if (attempt.isLost) return;
    this.#checksum ??= await this.#hash.digest();
    const checksum = this.#checksum;
    await this.#inTurn(attempt, () => this.#line.tell({ file: 'FILE_END', transfer, checksum }));
    await this.#unlessLost(attempt, () => attempt.name !== undefined);
  }

  /** What was sent before is read again for the checksum, where that was made by another process. */
  async #sendData(attempt: Attempt, from: number): Promise<void> {
    const { size } = this.#offer;
    let offset = Math.min(from, this.#hashedBytes);
    let next = this.#read(attempt, offset, from);
    while (offset < size && !attempt.isLost) {
      const message = await next;
      const bytes = message.subarray(dataHeaderBytes);
      const end = offset + bytes.length;
      // Read ahead: while this one is on its way.
      if (end < size) next = this.#read(attempt, end, from);
      await this.#addToHash(bytes, offset);
      if (offset >= from) await this.#sendMessage(attempt, message, offset);
      this.#check();
      offset = end;
    }
    await next.catch(() => {});
  }

  /** A message with the bytes at an offset, whose header is not yet written. */
  #read(attempt: Attempt, offset: number, from: number): Promise<Uint8Array> {
    const end = offset < from ? from : this.#offer.size;
    const length = Math.max(0, Math.min(chunkBytes, Math.floor(attempt.window / 2), end - offset));
    const message = this.#pool.take(dataHeaderBytes + length);
    const reading = this.#source.read(offset, message.subarray(dataHeaderBytes)).then(
      () => message,
      (cause: unknown) => {
        throw new HoldfastError('file-source', `${this.#offer.name} at ${offset}`, { cause });
      },
    );
    // It is waited for later, and perhaps not at all.
    reading.catch(() => {});
    return reading;
  }

  async #addToHash(bytes: Uint8Array, offset: number): Promise<void> {
    const known = this.#hashedBytes - offset;
    if (known >= bytes.length) return;
    this.#hashedBytes = offset + bytes.length;
    await this.#hash.update(bytes.subarray(known));
  }

  async #sendMessage(attempt: Attempt, message: Uint8Array, offset: number): Promise<void> {
    const end = offset + message.length - dataHeaderBytes;
    await this.#unlessLost(attempt, () => end - (attempt.ackedOffset as number) <= attempt.window);
    await this.#until(() => attempt.isLost || this.#hold === undefined, Infinity);
    writeDataHeader(message, attempt.transfer, offset);
    await this.#inTurn(attempt, () => {
      this.#peer.send(message as never, this.#platform.sendOptions as never);
      this.#pool.sent(message, end);
    });
  }

  /** Sends when it is our turn; a line that is lost, or a failure, is not waited behind. */
  async #inTurn(attempt: Attempt, send: () => void): Promise<void> {
    let isDone = false;
    const turn = this.#line.inTurn(() => {
      if (!attempt.isLost && !this.#failure) send();
    });
    const onEnd = () => {
      isDone = true;
      this.wake();
    };
    turn.then(onEnd, (error: unknown) => {
      if (attempt.isLost) onEnd();
      // One that is closing tells so when it has closed.
      else if (!this.#peer.state.name.startsWith('clos')) this.fail(error);
    });
    await this.#until(() => isDone || attempt.isLost, Infinity);
  }

  #unlessLost(attempt: Attempt, isSo: () => boolean): Promise<void> {
    return this.#until(() => attempt.isLost || isSo(), this.#how.timeoutMs);
  }

  /** Waits until this is so, and no longer than so many ms after the last that happened. */
  async #until(isSo: () => boolean, timeoutMs: number): Promise<void> {
    for (this.#check(); !isSo(); this.#check()) {
      const stop = this.#platform.after(timeoutMs, () => {
        this.fail(new HoldfastError('file-timeout', `nothing heard of ${this.#offer.name} for ${timeoutMs} ms`));
      });
      await new Promise<void>((resolve) => {
        this.#onWake = resolve;
      });
      stop();
    }
  }

  #check(): void {
    if (this.#failure) throw this.#failure.reason;
  }

  /** Tells the receiver that no more comes, where it can be told. */
  #cancel({ transfer }: Attempt): void {
    if (this.#peer.state.name !== 'open') return;
    try {
      this.#line.tell({ file: 'FILE_CANCEL', transfer });
    } catch {
      // The line's end says the same.
    }
  }
}
