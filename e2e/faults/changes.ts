const limitMs = 20_000;

/** Something that changes, and those who wait until it is as they want it. */
export class Changes {
  readonly #looks = new Set<() => void>();

  /** Lets all who wait look again. */
  tell(): void {
    for (const look of [...this.#looks]) look();
  }

  /** Resolves when this is so; rejects after a generous limit, with what was waited for. */
  until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#looks.delete(look);
        act();
      };
      const look = () => {
        if (isSo()) settle(resolve);
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`${what}: not within ${limitMs} ms`))), limitMs);
      this.#looks.add(look);
      look();
    });
  }
}
