import type { Uncertain } from '../events/client-event.ts';

const none: Uncertain = { messages: 0, bytes: 0 };

/** Counts what was handed over on one link since the peer last proved that it had read up to a question of ours. */
export class InFlight {
  #sinceProof = none;
  #sinceQuestion = none;

  /** What the peer may not have read. */
  get uncertain(): Uncertain {
    return this.#sinceProof;
  }

  /** A message was handed over. */
  add(bytes: number): void {
    this.#sinceProof = plus(this.#sinceProof, bytes);
    this.#sinceQuestion = plus(this.#sinceQuestion, bytes);
  }

  /** A ping or probe follows what was handed over so far. */
  ask(): void {
    this.#sinceQuestion = none;
  }

  /** Its answer came: all that was handed over before it was read. */
  prove(): void {
    this.#sinceProof = this.#sinceQuestion;
  }

  /** A new link: nothing was handed over. */
  reset(): void {
    this.#sinceProof = none;
    this.#sinceQuestion = none;
  }
}

function plus({ messages, bytes }: Uncertain, more: number): Uncertain {
  return { messages: messages + 1, bytes: bytes + more };
}
