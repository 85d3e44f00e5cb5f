/** What was waited for did not come: the test's own limit, told apart from every other error. */
class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** A promise with a limit, long enough for a machine that has much else to do. */
export async function within<T>(promise: Promise<T>, what: string, limitMs = 10_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LimitError(`${what} did not come in ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
