import type { Socket } from 'node:net';
import { encodeFrame, type Frame, FrameDecoder, type FrameInit, type Role } from '@holdfast/core';

const events = ['data', 'end', 'close'];

/** One end of a connection that is written by hand: it does what a test says, and knows nothing of WebSocket. */
export class RawPeer {
  readonly socket: Socket;
  readonly #role: Role;
  #bytes: Buffer = Buffer.alloc(1024);
  #length = 0;
  /** The other end ended TCP in order, or else by a reset. */
  hasEnded = false;
  hasClosed = false;

  constructor(socket: Socket, role: Role) {
    this.socket = socket;
    this.#role = role;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      if (this.#length + chunk.length > this.#bytes.length)
        this.#bytes = Buffer.concat([this.received], 2 * (this.#length + chunk.length));
      this.#length += chunk.copy(this.#bytes, this.#length);
    });
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('close', () => {
      this.hasClosed = true;
    });
    // Resets are part of what is tested.
    socket.on('error', () => {});
  }

  /** All that the other end sent. */
  get received(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  set received(bytes: Buffer) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  /** Waits until this is so; it is looked at whenever something happens on the socket. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.hasClosed) throw new Error('the socket is closed, and it is not so');
      await new Promise<void>((resolve) => {
        const listener = () => {
          for (const event of events) this.socket.off(event, listener);
          resolve();
        };
        for (const event of events) this.socket.on(event, listener);
      });
    }
  }

  /** Writes text of Latin-1, bytes, or frames, those of a client with a mask, in one piece. */
  send(...parts: (string | Uint8Array | FrameInit)[]): void {
    this.socket.write(Buffer.concat(parts.map((part) => this.#toBytes(part))));
  }

  /** The frames of the other end so far, behind its head. */
  get frames(): Frame[] {
    const start = this.received.indexOf('\r\n\r\n') + 4;
    return new FrameDecoder({ role: this.#role, maxFrameBytes: 2 ** 30 }).push(this.received.subarray(start));
  }

  /** The frames of the other end, once there are so many. */
  async framesUntil(count: number): Promise<Frame[]> {
    await this.until(() => this.frames.length >= count);
    return this.frames;
  }

  #toBytes(part: string | Uint8Array | FrameInit): Uint8Array {
    if (typeof part === 'string') return Buffer.from(part, 'latin1');
    if (part instanceof Uint8Array) return part;
    return encodeFrame(this.#role === 'client' ? { maskingKey: Uint8Array.of(0, 1, 0, 1), ...part } : part);
  }
}
