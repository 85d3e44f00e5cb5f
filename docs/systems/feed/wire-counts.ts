import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What one way of reading has cost: requests, and bytes of HTTP heads, bodies and frames, as TCP carried them. */
export interface WireCount {
  requests: number;
  receivedBytes: number;
  sentBytes: number;
}

/** The most readers that are counted; the oldest goes. */
const maxReaders = 1000;

/** Counts what travels for each reader, by the sockets that it comes on. */
export class WireCounts {
  readonly #counts = new Map<string, WireCount>();
  /** Of the connections that are open, what adds up what has travelled since. */
  readonly #live = new Map<Socket, () => void>();
  /** What of a socket was counted already: browsers keep one for many requests. */
  readonly #counted = new WeakMap<Socket, { received: number; sent: number }>();

  /** Counts a request to its answer's end for this reader; undefined for one that is not counted. */
  countRequest(request: IncomingMessage, response: ServerResponse, reader: string | undefined): void {
    const { socket } = request;
    response.once('close', () => {
      const bytes = this.#take(socket);
      if (reader === undefined) return;
      const count = this.#of(reader);
      count.requests++;
      count.receivedBytes += bytes.received;
      count.sentBytes += bytes.sent;
    });
  }

  /** Counts a connection from its handshake on, as one request, for as long as it lives. */
  countConnection(socket: Socket, reader: string): void {
    const count = this.#of(reader);
    count.requests++;
    const add = () => {
      const bytes = this.#take(socket);
      count.receivedBytes += bytes.received;
      count.sentBytes += bytes.sent;
    };
    this.#live.set(socket, add);
    socket.once('close', () => {
      add();
      this.#live.delete(socket);
    });
  }

  /** The counts of these readers up to now. */
  read(readers: readonly string[]): (WireCount | undefined)[] {
    for (const add of this.#live.values()) add();
    return readers.map((reader) => this.#counts.get(reader));
  }

  #take(socket: Socket): { received: number; sent: number } {
    const { received, sent } = this.#counted.get(socket) ?? { received: 0, sent: 0 };
    const now = { received: socket.bytesRead, sent: socket.bytesWritten };
    this.#counted.set(socket, now);
    return { received: now.received - received, sent: now.sent - sent };
  }

  #of(reader: string): WireCount {
    const count = this.#counts.get(reader) ?? { requests: 0, receivedBytes: 0, sentBytes: 0 };
    this.#counts.set(reader, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > maxReaders && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }
}
