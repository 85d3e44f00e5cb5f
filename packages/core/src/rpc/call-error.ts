import { HoldfastError } from '../errors.ts';
import type { Declaration, ErrorsOf, ReservedFailure } from './declare-api.ts';

/** What a call was answered with in place of a result: its code is `rpc-failed`. */
export class CallError<Failure extends string = string, Data = unknown> extends HoldfastError {
  /** The name of the error: one that the call declares, or a ReservedFailure. */
  declare readonly failure: Failure;
  /** What its declaration says that it carries. */
  declare readonly data: Data;

  constructor(failure: Failure, data: Data, method: string) {
    super('rpc-failed', `${method} answered ${failure}`);
    Object.assign(this, { failure, data });
  }
}

type FailureOf<D extends Declaration> = (keyof ErrorsOf<D> & string) | ReservedFailure;
type DataOf<D extends Declaration, F> = F extends keyof ErrorsOf<D> ? ErrorsOf<D>[F]['out'] : undefined;

/** Whether a call failed at the peer by this name; then its data has the declared type. */
export function isCallError<D extends Declaration, F extends FailureOf<D>>(
  error: unknown,
  _declaration: D,
  failure: F,
): error is CallError<F, DataOf<D, F>> {
  const { code, failure: failed } = (error ?? {}) as Partial<CallError>;
  return code === 'rpc-failed' && failed === failure;
}
