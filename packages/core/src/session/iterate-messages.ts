/** What an iteration reads from. */
export interface MessageSource<In> {
  /** Listens until the answer is called: for messages, and once for the end. */
  listen(onMessage: (data: In) => void, onEnd: () => void): () => void;
  /** Stops the reading of messages, where the platform can. */
  pause(): void;
  resume(): void;
}

/** How many messages may wait for their reader before the source is paused. */
const maxWaiting = 16;

/** The messages of a source from this call on, in order; the source is paused while the reader is behind. */
export function iterateMessages<In>(source: MessageSource<In>): AsyncIterableIterator<In> {
  const waiting: In[] = [];
  const readers: ((result: IteratorResult<In>) => void)[] = [];
  let isPaused = false;
  let isEnded = false;

  const setPaused = (paused: boolean) => {
    if (paused === isPaused) return;
    isPaused = paused;
    if (paused) source.pause();
    else source.resume();
  };
  const end = () => {
    isEnded = true;
    off();
    setPaused(false);
    for (const resolve of readers.splice(0)) resolve({ done: true, value: undefined });
  };
  const off = source.listen((data) => {
    const resolve = readers.shift();
    if (resolve) resolve({ done: false, value: data });
    else setPaused(waiting.push(data) >= maxWaiting);
  }, end);

  return {
    next() {
      if (waiting.length > 0) {
        const value = waiting.shift() as In;
        if (waiting.length === 0) setPaused(false);
        return Promise.resolve({ done: false, value });
      }
      if (isEnded) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => readers.push(resolve));
    },
    return() {
      waiting.length = 0;
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
