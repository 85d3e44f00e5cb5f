/**
 * Runs tasks in order, each in a turn of the event loop of its own: the promises that one settles are followed before the
 * next begins (WHATWG WebSockets, queue a task).
 */
export class TaskQueue {
  #pending = 0;

  /** Whether nothing is left to run; a task counts until it has run. */
  get isEmpty(): boolean {
    return this.#pending === 0;
  }

  add(task: () => void): void {
    this.#pending++;
    setImmediate(() => {
      try {
        task();
      } finally {
        this.#pending--;
      }
    });
  }
}
