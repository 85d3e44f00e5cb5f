import type { Socket } from 'node:net';
import { FaultWay } from './fault-way.ts';

/** A direction of a line. */
export type Direction = 'toServer' | 'toClient';

const both: readonly Direction[] = ['toServer', 'toClient'];

/** One TCP line through the proxy, and the faults that it can have, each from now on. */
export class FaultLine {
  readonly #sockets: readonly Socket[];
  readonly #ways: Readonly<Record<Direction, FaultWay>>;

  constructor(client: Socket, server: Socket) {
    this.#sockets = [client, server];
    this.#ways = { toServer: new FaultWay(client, server), toClient: new FaultWay(server, client) };
  }

  /** The bytes that were passed in this direction. */
  passedBytes(direction: Direction): number {
    return this.#ways[direction].passedBytes;
  }

  /** Half-open: passes nothing more, not even the end of an end, and keeps both sockets. One direction, or both. */
  stall(...directions: Direction[]): void {
    for (const direction of directions.length > 0 ? directions : both) this.#ways[direction].stall();
  }

  /** Takes nothing more in this direction, so that the sender's buffers fill. */
  block(direction: Direction): void {
    this.#ways[direction].block();
  }

  unblock(direction: Direction): void {
    this.#ways[direction].unblock();
  }

  /** Passes everything so much later, in order. */
  delay(ms: number): void {
    for (const direction of both) this.#ways[direction].delay(ms);
  }

  /** Passes everything in pieces of these sizes, over and over. */
  split(sizes: readonly number[]): void {
    for (const direction of both) this.#ways[direction].split(sizes);
  }

  /** Passes so many more bytes in this direction, be it half a message, and then drops the line. */
  cutAfter(bytes: number, direction: Direction): void {
    this.#ways[direction].cutAfter(bytes, () => this.#sockets.forEach((socket) => socket.destroySoon()));
  }

  /** Drops the line: to both ends it is over, what was on its way is gone. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Drops the line with an RST to both ends. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}
