import { lengthIn } from './iterate-messages.ts';

/** How many messages may wait for their reader, and how many bytes of them, before the socket is paused. */
const maxWaiting = 16;
const maxWaitingBytes = 2 ** 20;

/** A link whose reading can be stopped. */
interface Pausable {
  pause(isPaused: boolean): void;
}

/** Who tells of messages: a client, or a connection of a server. */
interface MessageSource {
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): () => void;
}

interface IterableClient<In> extends MessageSource {
  [Symbol.asyncIterator](): AsyncGenerator<In, undefined>;
}

/** Back-pressure for readers: the link is not read while an iterator over its messages is behind. */
export class ReadPauses {
  #pauses = 0;
  #link: Pausable | undefined;
  #isHeld = false;

  get isPaused(): boolean {
    return this.#pauses > 0;
  }

  /** Follows the client to its next link. */
  attach(link: Pausable): void {
    this.#link = link;
    link.pause(this.isPaused);
  }

  /** Holds the link back, besides what iterators do, or no longer. */
  pause(isPaused: boolean): void {
    if (isPaused === this.#isHeld) return;
    this.#isHeld = isPaused;
    this.#add(isPaused ? 1 : -1);
  }

  /** The client, whose iterators now hold back the link. */
  follow<In, C extends IterableClient<In>>(client: C): C {
    const iterate = client[Symbol.asyncIterator];
    return Object.assign(client, { [Symbol.asyncIterator]: () => this.iterate(client, iterate()) });
  }

  /** These messages of the source, from this call on, read as fast as they are taken. */
  iterate<In>(source: MessageSource, messages: AsyncIterable<In>): AsyncGenerator<In, undefined> {
    let waiting = 0;
    let waitingBytes = 0;
    let isBehind = false;
    const count = (messageCount: number, bytes: number) => {
      waiting += messageCount;
      waitingBytes += bytes;
      const wasBehind = isBehind;
      isBehind = waiting >= maxWaiting || waitingBytes >= maxWaitingBytes;
      if (isBehind !== wasBehind) this.#add(isBehind ? 1 : -1);
    };
    /** Of those that wait, in order: what a codec made of a message does not tell how much came. */
    const lengths: number[] = [];
    const off = source.on('message', (event) => {
      const length = lengthIn(event);
      lengths.push(length);
      count(1, length);
    });
    const stop = () => {
      off();
      count(-waiting, -waitingBytes);
    };
    return (async function* () {
      try {
        for await (const message of messages) {
          count(-1, -(lengths.shift() ?? 0));
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
