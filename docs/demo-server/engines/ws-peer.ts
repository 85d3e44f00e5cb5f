import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Peer } from '../peer.ts';

type Listener = (event: { readonly data: string | Uint8Array }) => unknown;

const highWaterBytes = 2 ** 20;

/** A socket of ws as the rooms see a client. */
export class WsPeer implements Peer {
  readonly request: { readonly url: string };
  readonly #socket: WebSocket;
  readonly #maxUnreadBytes: number;
  /** What came before somebody took it. */
  readonly #unread: (string | Uint8Array)[] = [];
  #unreadBytes = 0;
  #listener: Listener | undefined;
  readonly #draining: (() => void)[] = [];
  #wake = () => {};

  constructor(socket: WebSocket, request: IncomingMessage, maxUnreadBytes: number) {
    this.#socket = socket;
    this.#maxUnreadBytes = maxUnreadBytes;
    this.request = { url: request.url ?? '/' };
    socket.on('close', () => this.#letGo());
    socket.on('message', (data: Buffer, isBinary) => this.#hear(messageOf(data, isBinary)));
  }

  /** There is none on ws: a line is a connection. */
  get delivery(): undefined {
    return undefined;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: string | ArrayBuffer | ArrayBufferView): 'sent' | 'closed' {
    if (this.#socket.readyState !== WebSocket.OPEN) return 'closed';
    this.#socket.send(message, () => this.bufferedBytes < highWaterBytes && this.#letGo());
    if (this.bufferedBytes > this.#maxUnreadBytes) this.#socket.terminate();
    return 'sent';
  }

  async drained(): Promise<void> {
    if (this.bufferedBytes < highWaterBytes) return;
    await new Promise<void>((resolve) => this.#draining.push(resolve));
  }

  on(type: 'message', listener: (event: { readonly data: string | Uint8Array }) => unknown): void;
  on(type: 'closed', listener: () => unknown): void;
  on(type: 'disconnected', listener: (event: { readonly code: number }) => unknown): void;
  on(type: 'message' | 'closed' | 'disconnected', listener: (event: never) => unknown): void {
    if (type === 'closed') this.#socket.on('close', listener as () => unknown);
    if (type === 'message') this.#listen(listener as Listener);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  [Symbol.asyncIterator](): AsyncIterator<string | Uint8Array> {
    return { next: () => this.#next() };
  }

  #listen(listener: Listener): void {
    this.#listener = listener;
    for (const data of this.#unread.splice(0)) listener({ data });
    this.#unreadBytes = 0;
    this.#socket.resume();
  }

  #hear(message: string | Uint8Array): void {
    if (this.#listener) return void this.#listener({ data: message });
    this.#unread.push(message);
    this.#unreadBytes += message.length;
    if (this.#unreadBytes >= highWaterBytes) this.#socket.pause();
    this.#wake();
  }

  async #next(): Promise<IteratorResult<string | Uint8Array>> {
    while (this.#unread.length === 0) {
      if (this.#socket.readyState === WebSocket.CLOSED) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const message = this.#unread.shift() as string | Uint8Array;
    this.#unreadBytes -= message.length;
    if (this.#socket.isPaused && this.#unreadBytes < highWaterBytes) this.#socket.resume();
    return { done: false, value: message };
  }

  /** Wakes who waits for the client to have read, or for its next message. */
  #letGo(): void {
    for (const resolve of this.#draining.splice(0)) resolve();
    this.#wake();
  }
}

function messageOf(data: Buffer, isBinary: boolean): string | Uint8Array {
  return isBinary ? data : data.toString();
}
