import type { SocketLink } from './socket-link.ts';

/** How many messages may wait for their reader before the socket is paused. */
const maxWaiting = 16;

/** Who tells of messages: a client, or a connection of a server. */
interface MessageSource {
  on(type: 'message', listener: () => void): () => void;
}

/** Back-pressure for readers: the socket is not read while an iterator over its messages is behind. */
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

  /** These messages of the source, from this call on, read as fast as they are taken. */
  iterate<In>(source: MessageSource, messages: AsyncIterable<In>): AsyncGenerator<In, undefined> {
    let waiting = 0;
    const off = source.on('message', () => {
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
