import type { Client } from '@holdfast/core/adapter';
import type { SocketLink } from './socket-link.ts';

/** How many messages may wait for their reader before the socket is paused. */
const maxWaiting = 16;

/** Back-pressure for readers: the socket of a client is not read while one of its iterators is behind. */
export class ReadPauses {
  #pauses = 0;
  #link: SocketLink | undefined;

  get isPaused(): boolean {
    return this.#pauses > 0;
  }

  /** Follows the client to its next link. */
  attach(link: SocketLink): void {
    this.#link = link;
    link.pause(this.isPaused);
  }

  /** The messages of a client from this call on, in order, until it is closed, read as fast as they are taken. */
  iterate<In, Out>(client: Client<In, Out>, messages: AsyncIterable<In>): AsyncGenerator<In, undefined> {
    let waiting = 0;
    const off = client.on('message', () => {
      if (++waiting === maxWaiting) this.#add(1);
    });
    const take = () => {
      if (waiting-- === maxWaiting) this.#add(-1);
    };
    const stop = () => {
      off();
      if (waiting >= maxWaiting) this.#add(-1);
    };
    return (async function* () {
      try {
        for await (const message of messages) {
          take();
          yield message;
        }
        return undefined;
      } finally {
        stop();
      }
    })();
  }

  #add(change: 1 | -1): void {
    this.#pauses += change;
    this.#link?.pause(this.isPaused);
  }
}
