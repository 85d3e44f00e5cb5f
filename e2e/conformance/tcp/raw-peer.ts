import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Nothing } from '../play/bench.ts';
import type { Role } from '../row/row.ts';
import { FrameReader, type ReadFrame } from '../wire/frame-reader.ts';
import { Change } from './change.ts';

/** The peer's end of a TCP connection, written by hand: it sends what it is told to, and reads strictly. */
export class RawPeer {
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  readonly #change = new Change();
  /** Our side ended its half of TCP; or broke it. */
  hasEnded = false;
  hasClosed = false;
  wasReset = false;

  constructor(socket: Socket, ourRole: Role, isCompressed: boolean, rest: Uint8Array = Buffer.alloc(0)) {
    this.#socket = socket;
    this.#reader = new FrameReader(ourRole, isCompressed);
    this.#reader.push(rest);
    const tell = () => this.#change.tell();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#reader.push(chunk)).on('data', tell);
    socket.on('end', () => (this.hasEnded = true)).on('end', tell);
    socket.on('close', () => (this.hasClosed = true)).on('close', tell);
    socket.on('error', () => (this.wasReset = true));
    // The handshake left it paused.
    socket.resume();
  }

  /** Writes at once, or in pieces, each of which the other end can read before the next is there. */
  async write(bytes: Buffer, chopBytes = bytes.length): Promise<void> {
    for (let at = 0; at < bytes.length; at += chopBytes) {
      this.#socket.write(bytes.subarray(at, at + chopBytes));
      if (chopBytes < bytes.length) await setImmediate();
    }
  }

  end(): void {
    this.#socket.end();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The next frame of our side. */
  async nextFrame(): Promise<ReadFrame | Nothing> {
    const frame = await this.#change.until(() => this.#reader.next() ?? this.#nothingMore());
    return frame ?? { nothing: 'no frame in time' };
  }

  /** Waits for this; `false` if it does not come. */
  async until(isSo: () => boolean): Promise<boolean> {
    return (await this.#change.until(() => isSo() || undefined)) ?? false;
  }

  /** The next frame if it is there already. */
  takeFrame(): ReadFrame | undefined {
    return this.#reader.next();
  }

  /** How many bytes of an unfinished frame are there. */
  get restBytes(): number {
    return this.#reader.rest.length;
  }

  #nothingMore(): Nothing | undefined {
    if (this.wasReset) return { nothing: 'a reset of TCP' };
    return this.hasEnded || this.hasClosed ? { nothing: 'the end of TCP' } : undefined;
  }
}
