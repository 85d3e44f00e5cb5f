import type { AbortSignalLike } from '../abort-signal.ts';
import type { EventMap } from './client-event.ts';

/** How long a listener listens. */
export interface ListenOptions {
  /** For the next event only. */
  readonly once?: boolean;
  /** Until this is aborted. */
  readonly signal?: AbortSignalLike;
}

interface Registration<E> {
  readonly listener: (event: E) => unknown;
  readonly off: () => void;
  active: boolean;
}

/** Events of one union to listeners by type. What a listener throws, or rejects with, goes to `onThrow`. */
export class Emitter<E extends { type: string }> {
  readonly #listeners = new Map<string, readonly Registration<E>[]>();
  readonly #onThrow: (thrown: unknown, event: E) => void;

  constructor(onThrow: (thrown: unknown, event: E) => void) {
    this.#onThrow = onThrow;
  }

  /** Calls `listener` for each event of this type; the answer ends that. */
  on<K extends E['type']>(
    type: K,
    listener: (event: EventMap<E>[K]) => unknown,
    { once, signal }: ListenOptions = {},
  ): () => void {
    const registration: Registration<E> = {
      listener: (event) => {
        if (once) off();
        return listener(event as EventMap<E>[K]);
      },
      off: () => {
        registration.active = false;
        signal?.removeEventListener('abort', off);
        this.#listeners.set(type, this.#of(type).filter((other) => other !== registration));
      },
      active: !signal?.aborted,
    };
    const { off } = registration;
    if (registration.active) {
      signal?.addEventListener('abort', off);
      this.#listeners.set(type, [...this.#of(type), registration]);
    }
    return off;
  }

  /** Tells all who listened when it began and still do. */
  emit(event: E): void {
    for (const { active, listener } of this.#of(event.type)) {
      if (active) this.#call(listener, event);
    }
  }

  /** Ends all listening. */
  clear(): void {
    for (const registrations of this.#listeners.values()) {
      for (const { off } of registrations) off();
    }
  }

  #of(type: string): readonly Registration<E>[] {
    return this.#listeners.get(type) ?? [];
  }

  #call(listener: (event: E) => unknown, event: E): void {
    try {
      const answer = listener(event);
      if (answer instanceof Promise) answer.catch((thrown: unknown) => this.#onThrow(thrown, event));
    } catch (thrown) {
      this.#onThrow(thrown, event);
    }
  }
}
