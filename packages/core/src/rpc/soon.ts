/** Goes on with a value, at once where it is there: calls leave in the order in which they are made. */
export function chain<T, R>(value: T | Promise<T>, use: (value: T) => R): R | Promise<R> {
  return isPromise(value) ? value.then(use) : use(value);
}

/** Does what may throw at once, or reject later. */
export function attempt(work: () => unknown, fail: (error: unknown) => void): void {
  try {
    const answer = work();
    if (isPromise(answer)) answer.catch(fail);
  } catch (error) {
    fail(error);
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | undefined)?.then === 'function';
}
