import { HoldfastError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import { writeDataHeader } from './file-data.ts';
import { MessagePool } from './message-pool.ts';
import { type FilePeer, type OutgoingLine, outgoingLine } from './outgoing-line.ts';
import type { FileOffer, FilePacket } from './packet.ts';
import type { FileSource, FilesPlatform, SourceHash } from './ports.ts';
import { ProgressTeller } from './progress-teller.ts';
import { type Piece, ReadAhead } from './read-ahead.ts';
import type { FileProgress, SentFile } from './sent-file.ts';
import { Waiter } from './waiter.ts';

/** One file on its way out: it is offered again on each line until it has arrived. */
export class Upload {
  readonly #peer: FilePeer;
  readonly #line: OutgoingLine;
  readonly #source: FileSource;
  readonly #offer: FileOffer;
  readonly #timeoutMs: number;
  readonly #progress: ProgressTeller;
  readonly #platform: FilesPlatform;
  readonly #hash: SourceHash;
  readonly #pool = new MessagePool();
  readonly #waiter: Waiter;
  /** All before it is in the checksum. */
  #hashedBytes = 0;
  #checksum: string | undefined;
  #attempt: Attempt | undefined;

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
    this.#timeoutMs = how.timeoutMs;
    this.#platform = platform;
    this.#waiter = new Waiter(platform);
    this.#progress = new ProgressTeller(
      how.onProgress,
      () => this.wake(),
      (reason) => this.fail(reason),
    );
    this.#hash = source.hash?.(offer.checksum) ?? platform.createHash(offer.checksum);
  }

  /** Resolves when the file has arrived. */
  async run(): Promise<SentFile> {
    for (let resumed = 0; ; resumed++) {
      await this.#waiter.until(() => this.#peer.state.name === 'open');
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
    this.#waiter.fail(reason);
  }

  /** Something happened. */
  wake(): void {
    this.#waiter.wake();
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
      this.#progress.tell({ sentBytes: packet.offset, size: this.#offer.size });
    }
    this.wake();
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
    const cuts = { start: Math.min(from, this.#hashedBytes), from, windowBytes: attempt.window };
    const reading = new ReadAhead(this.#offer.name, this.#source, this.#pool, cuts);
    try {
      for (let next = reading.next(); next && !attempt.isLost; next = reading.next()) {
        const piece = await next;
        await this.#addToHash(piece.bytes, piece.offset);
        if (piece.offset >= from) await this.#sendPiece(attempt, piece);
        this.#waiter.check();
      }
    } finally {
      await reading.stop();
    }
  }

  async #addToHash(bytes: Uint8Array, offset: number): Promise<void> {
    const known = this.#hashedBytes - offset;
    if (known >= bytes.length) return;
    this.#hashedBytes = offset + bytes.length;
    await this.#hash.update(bytes.subarray(known));
  }

  async #sendPiece(attempt: Attempt, { message, offset, bytes }: Piece): Promise<void> {
    const end = offset + bytes.length;
    await this.#unlessLost(attempt, () => end - (attempt.ackedOffset as number) <= attempt.window);
    await this.#waiter.until(() => attempt.isLost || !this.#progress.isHeld);
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
      if (!attempt.isLost && !this.#waiter.hasFailed) send();
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
    await this.#waiter.until(() => isDone || attempt.isLost);
  }

  #unlessLost(attempt: Attempt, isSo: () => boolean): Promise<void> {
    return this.#waiter.until(
      () => attempt.isLost || isSo(),
      this.#timeoutMs,
      () => new HoldfastError('file-timeout', `nothing heard of ${this.#offer.name} for ${this.#timeoutMs} ms`),
    );
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
