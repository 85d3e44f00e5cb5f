/** Goes on with a value, at once where it is there: calls leave in the order in which they are made. */
export function chain<T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> {
  const { then } = (value ?? {}) as Partial<Promise<T>>;
  return typeof then === 'function' ? (value as Promise<T>).then(next) : next(value as T);
}

/** Does what may throw at once, or reject later. */
export function attempt(work: () => unknown, fail: (error: unknown) => void): void {
  try {
    (work() as Partial<Promise<unknown>> | undefined)?.then?.(undefined, fail);
  } catch (error) {
    fail(error);
  }
}
