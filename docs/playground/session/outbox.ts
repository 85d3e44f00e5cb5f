/** What may wait in a client of the playground: little, so that it can be seen to be full. */
export const outboxLimits = { maxMessages: 100, maxBytes: 16 * 1024, whenFull: 'throw' } as const;

/** Keeps count of what waits in a client's outbox, in the object that is shown. */
export class Outbox {
  readonly limits: typeof outboxLimits = outboxLimits;
  readonly #shown: { messages: number; bytes: number };
  readonly #waiting: { readonly message: string; readonly bytes: number }[] = [];

  constructor(shown: { messages: number; bytes: number }) {
    this.#shown = shown;
  }

  add(message: string): void {
    this.#waiting.push({ message, bytes: new TextEncoder().encode(message).length });
    this.#show();
  }

  /** The oldest is gone. */
  take(): void {
    this.#waiting.shift();
    this.#show();
  }

  /** Nothing waits any more; answers what did, the oldest first. */
  clear(): string[] {
    const messages = this.#waiting.splice(0).map(({ message }) => message);
    this.#show();
    return messages;
  }

  #show(): void {
    this.#shown.messages = this.#waiting.length;
    this.#shown.bytes = this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
