import { HoldfastError } from '../errors.ts';
import { CallError } from './call-error.ts';
import type { CreditGate } from './credit-gate.ts';
import type { Declaration, ReservedFailure } from './declare-api.ts';
import type { StandardSchema } from '../codec/standard-schema.ts';
import { invalid, validate } from './validate.ts';

/** What a handler is called with besides its parameters. */
export interface HandlerContext {
  /** Aborted when nobody waits for the answer any more: the caller gave up, or is gone. */
  readonly signal: AbortSignal;
  /** An error of this call, for `throw`. */
  readonly fail: (failure: string, data?: unknown) => CallError;
}

/** A handler, whatever it takes and answers. */
export type AnyHandler = (params: never, context: never) => unknown;

/** What becomes of a call: `end` without a value ends a stream. */
export interface Outlet {
  readonly item: (value: unknown) => void;
  readonly answer: (value: unknown) => void;
  readonly end: () => void;
  readonly refuse: (failure: string, data?: unknown) => void;
  readonly drained: () => Promise<unknown> | undefined;
}

const reservedFailures: readonly ReservedFailure[] = [
  'unknown-method',
  'invalid-call',
  'invalid-params',
  'busy',
  'internal',
];

/** Whether no handler may fail by this name. */
export function isReserved(failure: string): boolean {
  return reservedFailures.includes(failure as ReservedFailure);
}

/** One call of a handler. */
export interface HandlerCall {
  readonly method: string;
  readonly declaration: Declaration;
  readonly params: unknown;
  readonly signal: AbortSignal;
  /** For a stream. */
  readonly gate: CreditGate | undefined;
}

/**
 * Carries a call out and tells the outlet what became of it. What is wrong at this end is no matter of the peer's, which
 * is told `internal`: it rejects with `listener-threw`, whose cause says what it was.
 */
export async function runHandler(handler: AnyHandler, call: HandlerCall, outlet: Outlet): Promise<void> {
  const { method, declaration, signal } = call;
  let failed: CallError | undefined;
  const fail = (failure: string, data?: unknown) => {
    failed = new CallError(failure, data, method);
    return failed;
  };
  try {
    const params = await validate(declaration.params, call.params);
    if (params.issues) return outlet.refuse('invalid-params');
    if (signal.aborted) return;
    const context: HandlerContext = { signal, fail };
    const result = await (handler as (params: unknown, context: HandlerContext) => unknown)(params.value, context);
    if (call.gate) return await produce(result as AsyncIterable<unknown>, call, call.gate, outlet);
    await checkResult(declaration.result, result, method);
    return outlet.answer(result);
  } catch (cause) {
    // Nobody waits for it: most often it is the signal's own error.
    if (signal.aborted) return;
    if (cause === failed && failed && (await isDeclared(declaration, failed)) && refuseWith(failed, outlet)) return;
    outlet.refuse('internal');
    throw new HoldfastError('listener-threw', `handler of ${method}`, { cause });
  }
}

/** Sends the items as they are granted. */
async function produce(items: AsyncIterable<unknown>, call: HandlerCall, gate: CreditGate, outlet: Outlet) {
  const iterator = items[Symbol.asyncIterator]();
  const leave = () => void iterator.return?.().catch(() => {});
  call.signal.addEventListener('abort', leave);
  try {
    while (await gate.take()) {
      await outlet.drained();
      const next = await iterator.next();
      if (next.done) return outlet.end();
      await checkResult(call.declaration.result, next.value, call.method);
      outlet.item(next.value);
    }
    leave();
  } catch (error) {
    leave();
    throw error;
  } finally {
    call.signal.removeEventListener('abort', leave);
  }
}

/** Throws where the handler's own answer is not as declared. */
async function checkResult(schema: StandardSchema | undefined, result: unknown, method: string): Promise<void> {
  const { issues } = await validate(schema, result);
  if (issues) throw invalid('rpc-invalid-result', method, issues);
}

/** Whether the error could be sent: its data may have no text in JSON. */
function refuseWith({ failure, data }: CallError, outlet: Outlet): boolean {
  try {
    outlet.refuse(failure, data);
    return true;
  } catch {
    return false;
  }
}

async function isDeclared({ errors }: Declaration, { failure, data }: CallError): Promise<boolean> {
  if (isReserved(failure)) return false;
  if (!errors) return true;
  if (!Object.hasOwn(errors, failure)) return false;
  return !(await validate(errors[failure], data)).issues;
}
