import type { Uncertain } from '../events/client-event.ts';

/** Counts what was handed over on one link since the peer last proved that it had read up to a question of ours. */
export class InFlight implements Uncertain {
  messages = 0;
  bytes = 0;
  /** How much of that stands before the last question. */
  #asked: Uncertain = this;

  /** A message was handed over. */
  add(bytes: number): void {
    this.messages++;
    this.bytes += bytes;
  }

  /** A ping or probe follows what was handed over so far. */
  ask(): void {
    this.#asked = { ...this };
  }

  /** Its answer came: all that was handed over before it was read. */
  prove(): void {
    this.messages -= this.#asked.messages;
    this.bytes -= this.#asked.bytes;
  }
}
