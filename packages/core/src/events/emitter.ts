import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import { HoldfastError } from '../errors.ts';
import type { ErrorEvent, EventMap } from './client-event.ts';

/** How long a listener listens. */
export interface ListenOptions {
  /** For the next event only. */
  readonly once?: boolean;
  /** Until this is aborted. */
  readonly signal?: AbortSignalLike | undefined;
}

type Entry<E> = readonly [
  type: unknown,
  listener: (event: E | ErrorEvent) => unknown,
  once: boolean | undefined,
  orType: unknown,
  stop: (() => void) | undefined,
];

/** Events of one union, to listeners by type. */
export class Emitter<E extends { type: string }> {
  /** Never changed, but replaced: who is telling an event keeps the list with which that began. */
  #listeners: readonly Entry<E>[] = [];
  /** What was caused while an event is told; absent while none is. After the last event it stays, and none is told any more. */
  #caused: (E | ErrorEvent)[] | undefined;
  #isOver = false;

  /**
   * Calls `listener` for each event of this type, or of `orType`; the answer ends that. So does the signal, whose reason is told to
   * `onAborted`.
   */
  on<K extends E['type']>(
    type: K,
    listener: (event: EventMap<E>[K]) => unknown,
    { once, signal }: ListenOptions = {},
    orType?: K,
    onAborted?: (reason: unknown) => void,
  ): () => void {
    const off = () => this.#off(entry);
    const stop =
      signal &&
      onAbort(this.#isOver ? undefined : signal, (reason) => {
        off();
        onAborted?.(reason);
      });
    const entry: Entry<E> = [type, listener as (event: E | ErrorEvent) => unknown, once, orType, stop];
    if (!signal?.aborted) this.#listeners = [...this.#listeners, entry];
    return off;
  }

  /** Tells all who listened when it began and still do, once the events before it are told. Nothing follows `closed`. */
  emit(event: E | ErrorEvent): void {
    if (this.#caused) {
      this.#caused.push(event);
      return;
    }
    this.#caused = [];
    for (let told: typeof event | undefined = event; told; told = this.#caused.shift()) {
      for (const entry of this.#listeners) {
        const [type, listener, once, orType] = entry;
        if ((type === told.type || orType === told.type) && this.#listeners.includes(entry)) {
          if (once) this.#off(entry);
          this.guard(told.type, listener, told);
        }
      }
      if (told.type === 'closed') {
        this.#isOver = true;
        // Nobody hears more: no signal has to be listened to for them.
        for (const [, , , , stop] of this.#listeners) stop?.();
        this.#listeners = [];
        return;
      }
    }
    this.#caused = undefined;
  }

  /** Calls a function of the app: what it throws, or rejects with, becomes an `error` event and harms nothing. */
  guard<T, A = void>(who: string, call: (argument: A) => T, argument?: A): T | undefined {
    const fail = (cause: unknown) => {
      // A listener for errors that fails itself has nobody left to tell.
      if (who !== 'error') this.emit({ type: 'error', error: new HoldfastError('listener-threw', who, { cause }) });
    };
    try {
      const answer = call(argument as A);
      (answer as Promise<unknown> | undefined)?.catch?.(fail);
      return answer;
    } catch (thrown) {
      return fail(thrown) as undefined;
    }
  }

  #off(entry: Entry<E>): void {
    this.#listeners = this.#listeners.filter((other) => other !== entry);
    entry[4]?.();
  }
}
