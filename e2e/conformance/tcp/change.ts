/** How long anything on the loopback is waited for before a row has failed, in ms. */
const limitMs = 20_000;

/** Something happened: whoever waits looks again. */
export class Change {
  #waiting: (() => void)[] = [];

  tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Looks now and after each change until there is an answer; `undefined` when the limit has passed. */
  async until<T>(look: () => T | undefined): Promise<T | undefined> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.tell();
    }, limitMs);
    try {
      for (let found = look(); ; found = look()) {
        if (found !== undefined || isLate) return found;
        await new Promise<void>((resolve) => void this.#waiting.push(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
