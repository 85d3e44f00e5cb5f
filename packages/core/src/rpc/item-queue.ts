import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';

/** The answers of a stream, in order; leaving the loop, or `return()`, tells the other end to stop. */
export interface ItemStream<T> extends AsyncIterableIterator<T> {
  return(): Promise<IteratorResult<T, undefined>>;
}

/** What a queue of items asks for. */
export interface ItemSource {
  /** Begins the stream; called once, by the first `next`. */
  readonly start: () => void;
  /** Grants so many items more. */
  readonly grant: (credit: number) => void;
  /** Ends the stream, as nobody wants more of it. */
  readonly stop: () => void;
  /** The item as the app gets it. Throws, or rejects, where it is not as declared. */
  readonly check: (item: unknown) => unknown;
}

/** The reading end of a stream, and what fills it. */
export interface ItemQueue {
  readonly stream: ItemStream<unknown>;
  readonly push: (item: unknown) => void;
  /** Nothing follows but this error, if there is one. */
  readonly end: (error?: unknown) => void;
}

interface Waiter {
  readonly give: (result: IteratorResult<unknown, undefined> | Promise<IteratorResult<unknown, undefined>>) => void;
  readonly fail: (error: unknown) => void;
}

/** How long a queue waits, and how much it holds. */
export interface ItemQueueOptions {
  readonly maxUnread: number;
  readonly idleTimeoutMs: number;
}

const done = { done: true, value: undefined } as const;

/**
 * Items that wait for their reader: at most `maxUnread` are granted and not taken, and what was taken is granted again by
 * halves. A reader that waits longer than `idleTimeoutMs` for the next gets `rpc-timeout`.
 */
export function createItemQueue(
  source: ItemSource,
  { maxUnread, idleTimeoutMs }: ItemQueueOptions,
  { after }: Pick<Clock, 'after'>,
): ItemQueue {
  const items: unknown[] = [];
  const waiters: Waiter[] = [];
  let granted = maxUnread;
  let taken = 0;
  let isBegun = false;
  let ended: { readonly error?: unknown } | undefined;
  let stopTimer = () => {};

  const end = (error?: unknown) => {
    if (ended) return;
    stopTimer();
    const first = error === undefined ? undefined : waiters.shift();
    first?.fail(error);
    // The error is told once.
    ended = first || error === undefined ? {} : { error };
    for (const { give } of waiters.splice(0)) give(done);
  };
  const fail = (error: unknown) => {
    items.length = 0;
    if (!ended) source.stop();
    end(error);
  };
  const take = async (item: unknown) => {
    taken++;
    if (!ended && taken * 2 >= maxUnread) {
      granted += taken;
      source.grant(taken);
      taken = 0;
    }
    try {
      return { done: false as const, value: await source.check(item) };
    } catch (error) {
      items.length = 0;
      if (!ended) source.stop();
      ended = {};
      end();
      throw error;
    }
  };
  const watchIdle = () => {
    stopTimer();
    if (waiters.length > 0) {
      const tell = () => fail(new HoldfastError('rpc-timeout', `${idleTimeoutMs} ms`));
      stopTimer = after(idleTimeoutMs, tell);
    }
  };
  const next = async () => {
    if (items.length > 0) return take(items.shift());
    if (ended) {
      const { error } = ended;
      ended = {};
      return error === undefined ? done : Promise.reject(error);
    }
    const result = new Promise<IteratorResult<unknown, undefined>>((give, failed) => {
      waiters.push({ give, fail: failed });
    });
    watchIdle();
    if (!isBegun) source.start();
    isBegun = true;
    return result;
  };
  const stream: ItemStream<unknown> = {
    next,
    async return() {
      items.length = 0;
      if (isBegun && !ended) source.stop();
      end();
      ended = {};
      return done;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return {
    stream,
    push(item) {
      if (ended) return;
      if (--granted < 0) fail(new HoldfastError('rpc-invalid-result', 'not granted'));
      else if (waiters.length === 0) items.push(item);
      else {
        waiters.shift()?.give(take(item));
        watchIdle();
      }
    },
    end,
  };
}
