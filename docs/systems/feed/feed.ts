/** One message of the feed: its number from 1 on, and when it was made, in ms since the epoch. */
export interface FeedMessage {
  readonly number: number;
  readonly atMs: number;
}

/** Who reads late finds at most so many. */
const keptMessages = 1000;

/** Makes a message every so often while anybody reads, keeps the last ones, and tells each as it comes. */
export class Feed {
  readonly #intervalMs: number;
  readonly #listeners = new Set<(message: FeedMessage) => void>();
  #kept: FeedMessage[] = [];
  #number = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Who asks again and again listens only now and then. */
  #stopTimer: NodeJS.Timeout | undefined;

  constructor(messagesPerSecond: number) {
    this.#intervalMs = 1000 / messagesPerSecond;
  }

  // #region read
  /** What has come behind `number`; a reader that is new gets nothing but the number to begin with. */
  after(number: number | undefined): { readonly messages: readonly FeedMessage[]; readonly last: number } {
    this.#run();
    const messages = number === undefined ? [] : this.#kept.filter((message) => message.number > number);
    return { messages, last: this.#number };
  }

  /** Calls `listener` with each message from now on; the answer ends that. */
  listen(listener: (message: FeedMessage) => void): () => void {
    this.#listeners.add(listener);
    this.#run();
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when there is something behind `number`, or after `timeoutMs`, or when `signal` is aborted. */
  async wait(number: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#number > number) return this.#run();
    await new Promise<void>((resolve) => {
      const end = () => {
        off();
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const off = this.listen(end);
      const timer = setTimeout(end, timeoutMs);
      signal.addEventListener('abort', end);
    });
  }
  // #endregion read

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#stopTimer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer ??= setInterval(() => this.#make(), this.#intervalMs);
    clearTimeout(this.#stopTimer);
    this.#stopTimer = setTimeout(() => (this.#listeners.size > 0 ? this.#run() : this.stop()), 30_000);
  }

  #make(): void {
    const message = { number: ++this.#number, atMs: performance.timeOrigin + performance.now() };
    this.#kept.push(message);
    if (this.#kept.length > keptMessages) this.#kept = this.#kept.slice(-keptMessages / 2);
    for (const listener of this.#listeners) listener(message);
  }
}
