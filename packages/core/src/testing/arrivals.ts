/** Things that come one after the other, for tests that wait for the next. */
export class Arrivals<T> {
  readonly #come: T[] = [];
  readonly #waiting: { readonly resolve: (item: T) => void; readonly reject: (reason: Error) => void }[] = [];
  #end: Error | undefined;

  push(item: T): void {
    const first = this.#waiting.shift();
    if (first) first.resolve(item);
    else this.#come.push(item);
  }

  /** The first that was not yet answered, also if it came before; rejects once none can come any more. */
  next(): Promise<T> {
    if (this.#come.length > 0) return Promise.resolve(this.#come.shift() as T);
    if (this.#end) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** No more will come, for this reason. */
  end(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
