import { inspect } from 'node:util';
import { HoldfastError } from '@holdfast/core';
import type { ClosedEvent } from '@holdfast/core/adapter';

/** The errors that a listener was told. */
const heard = new WeakSet<HoldfastError>();
/** What promises were rejected with because their connection ended. */
const ends = new WeakSet();

/** Calls a function of the app's: what it throws, or rejects with, goes to `onFault` and no further. */
export function callApp(call: () => unknown, onFault: (cause: unknown) => void): void {
  try {
    const answer = call();
    // A thenable of another make may have no catch.
    (answer as PromiseLike<unknown> | undefined)?.then?.(undefined, onFault);
  } catch (thrown) {
    onFault(thrown);
  }
}

/** Who hears of the faults of one connection. */
export interface FaultHearers {
  /** Tells the listeners for errors. */
  readonly emit: (error: HoldfastError) => void;
  /** Is told whether or not there are any. */
  readonly onError: ((error: HoldfastError) => unknown) | undefined;
}

/** Tells a fault in a function of the app's, once; where nobody hears of it, as a warning of the process. */
export function tellFault(who: string, cause: unknown, hearers: FaultHearers): void {
  // `closed` has told it: a function that ends by the end of its connection has no fault.
  if (ends.has(cause as object)) return;
  const error = new HoldfastError('listener-threw', who, { cause });
  // A listener for errors that throws would be told of itself.
  tellError(error, who === 'error' ? { ...hearers, emit: () => {} } : hearers, () => warnOf(who, cause));
}

/** Tells an error; where nobody hears of it, `warn` is called. */
export function tellError(error: HoldfastError, { emit, onError }: FaultHearers, warn: () => void): void {
  emit(error);
  if (onError)
    callApp(
      () => onError(error),
      (thrown) => warnOf('onError', thrown),
    );
  // By then the listeners were told, also where the error had to wait for other events.
  else queueMicrotask(() => heard.has(error) || warn());
}

/** Notes that a listener is told this error. */
export function noteHeard(error: HoldfastError): void {
  heard.add(error);
}

/** Tells a fault of which nobody else hears, as a warning of the process. */
export function warnOf(who: string, cause: unknown): void {
  const [said, detail] = cause instanceof Error ? [cause.message, cause.stack ?? ''] : [inspect(cause), ''];
  process.emitWarning(`holdfast: ${who} threw ${said}`, { detail });
}

/** What promises are rejected with when their connection ends. */
export function endOf({ error }: ClosedEvent): HoldfastError {
  const end = new HoldfastError('connection-lost', 'the connection ended', { cause: error });
  ends.add(end);
  return end;
}

/** A promise for which nobody has to wait: that a client leaves may reject it, and must not end the process. */
export function unforced<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
