import { byteLengthOf, type OutgoingData } from './outgoing-data.ts';

/** What a SendQueue is for. */
export interface SendQueueHandler {
  /** Sends one message, in its turn. */
  deliver(message: string | Uint8Array): void;
  /** Nothing waits any more. */
  onIdle(): void;
  /** A Blob could not be read; nothing behind it is delivered. */
  onFail(cause: unknown): void;
}

/** Keeps messages in the order in which they were sent, although the bytes of a Blob come later. */
export class SendQueue {
  readonly #handler: SendQueueHandler;
  #waiting: OutgoingData[] = [];
  /** What waits, in bytes of payload. */
  bytes = 0;

  constructor(handler: SendQueueHandler) {
    this.#handler = handler;
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  /** Delivers a message at once, unless it is a Blob or one is before it. */
  add(data: OutgoingData): void {
    if (this.isIdle && !(data instanceof Blob)) return this.#handler.deliver(data);
    // What the app does to its bytes afterwards is none of the message.
    this.#waiting.push(data instanceof Uint8Array ? new Uint8Array(data) : data);
    this.bytes += byteLengthOf(data);
    if (this.#waiting.length === 1) void this.#run();
  }

  /** Delivers nothing more; `bytes` stays as it is. */
  stop(): void {
    this.#waiting = [];
  }

  async #run(): Promise<void> {
    try {
      for (let data = this.#waiting[0]; data !== undefined; data = this.#waiting[0]) {
        const message = data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data;
        // Stopped meanwhile.
        if (this.#waiting[0] !== data) return;
        this.#waiting.shift();
        this.bytes -= byteLengthOf(data);
        this.#handler.deliver(message);
      }
      this.#handler.onIdle();
    } catch (cause) {
      this.stop();
      this.#handler.onFail(cause);
    }
  }
}
