import { failOn, HoldfastError } from '../errors.ts';
import { fillOptions } from '../session/fill-options.ts';
import type { CallError } from './call-error.ts';
import { createCreditGate, type CreditGate } from './credit-gate.ts';
import {
  type Api,
  type Arguments,
  type Declaration,
  declarationOf,
  type ErrorsOf,
  type ParamsOut,
  type ResultIn,
} from './declare-api.ts';
import { type Envelope, isCredit, readEnvelope } from './envelope.ts';
import { type LineOptions, type RpcPeer, toMessage, watchLine } from './peer.ts';
import { type AnyHandler, type HandlerContext, isReserved, type Outlet, runHandler } from './run-handler.ts';

/** What a handler of this call is called with besides its parameters. */
export interface CallContext<D extends Declaration> extends Pick<HandlerContext, 'signal'> {
  /** An error that the call declares, for `throw`: it travels with its name and data. All else that is thrown does not. */
  readonly fail: <F extends keyof ErrorsOf<D> & string>(
    failure: F,
    ...data: Arguments<ErrorsOf<D>[F]['in']>
  ) => CallError<F, ErrorsOf<D>[F]['in']>;
}

/** What answers a call: a value, or for a stream what can be iterated. */
export type Handler<D extends Declaration> = (
  params: ParamsOut<D>,
  context: CallContext<D>,
) => D['kind'] extends 'stream' ? AsyncIterable<ResultIn<D>> : ResultIn<D> | Promise<ResultIn<D>>;

/** A handler for each call of an API. */
export type Handlers<A extends Api> = { readonly [N in keyof A]: Handler<A[N]> };

/** What one peer may ask for, and who hears of faults. */
export interface ServeRpcOptions extends LineOptions {
  /** The most calls of the peer that may be at work at once; beyond, they are refused as `busy`. Default: 128. */
  readonly maxCalls?: number;
  /** The same of streams. Default: 32. */
  readonly maxStreams?: number;
  /**
   * Hears of a handler that threw, or answered what is not declared: `listener-threw` with its cause, which the peer is
   * not told. Default: the `error` event of the peer here.
   */
  readonly onError?: ((error: HoldfastError) => void) | undefined;
}

/** A call that is at work. */
interface Run {
  readonly abort: AbortController;
  readonly gate: CreditGate | undefined;
}

type CallEnvelope = Extract<Envelope, { rpc: 'call' | 'stream' }>;

const serveDefaults: Required<ServeRpcOptions> = {
  asObjects: false,
  maxCalls: 128,
  maxStreams: 32,
  onError: undefined,
};

/**
 * Answers the calls of a peer. Params are held to their schemas before a handler sees them, results before they leave.
 * The answer ends that and aborts what is at work, as the end of the line does. Throws `unknown-option`, or
 * `invalid-option`, also for an API with an error of a reserved name.
 */
export function serveRpc<A extends Api>(
  peer: RpcPeer,
  api: A,
  handlers: Handlers<A>,
  options?: ServeRpcOptions,
): () => void {
  const resolved = fillOptions(options, serveDefaults) as Required<ServeRpcOptions>;
  const { maxCalls, maxStreams, onError } = resolved;
  const reserved = Object.values(api).flatMap(({ errors = {} }) => Object.keys(errors).filter(isReserved));
  if (reserved.length > 0) failOn('invalid-option', `error ${reserved.join()}`, 'a name that is not reserved');
  /** Those that somebody waits for. */
  const running = new Map<number, Run>();
  /** All that have not ended: who gives a call up does not end its handler. */
  const atWork = { call: 0, stream: 0 };

  const send = (envelope: Envelope) => void peer.send(toMessage(envelope, resolved));
  const abort = (id: number) => {
    const run = running.get(id);
    running.delete(id);
    run?.abort.abort(new HoldfastError('aborted', 'the caller gave up, or is gone'));
    run?.gate?.close();
  };
  const abortAll = () => [...running.keys()].forEach(abort);
  const outletOf = (id: number, run: Run): Outlet => {
    /** Says no more of a call that nobody waits for: its number may be another's by now. */
    const unlessOver = (envelope: Envelope) => {
      if (running.get(id) === run) send(envelope);
    };
    return {
      item: (item) => unlessOver({ rpc: 'item', id, item }),
      answer: (result) => unlessOver({ rpc: 'answer', id, result }),
      end: () => unlessOver({ rpc: 'end', id }),
      refuse: (error, data) => unlessOver({ rpc: 'error', id, error, data }),
      drained: () => peer.drained?.().catch(() => {}),
    };
  };
  const begin = async (envelope: CallEnvelope, declaration: Declaration) => {
    const { rpc: kind, id, method, params } = envelope;
    const gate = envelope.rpc === 'stream' ? createCreditGate(envelope.credit) : undefined;
    const run = { abort: new AbortController(), gate };
    running.set(id, run);
    atWork[kind]++;
    try {
      const call = { method, declaration, params, signal: run.abort.signal, gate: run.gate };
      await runHandler(handlers[method] as AnyHandler, call, outletOf(id, run));
    } catch (error) {
      // A peer that is closing cannot be told, which is nobody's fault.
      if ((error as HoldfastError).code === 'client-closed') return;
      if (!onError) throw error;
      onError(error as HoldfastError);
    } finally {
      atWork[kind]--;
      if (running.get(id) === run) running.delete(id);
    }
  };
  const take = (envelope: CallEnvelope): Promise<void> | undefined => {
    const { rpc: kind, id, method } = envelope;
    // An answer would be taken for that of the call which is at work.
    if (running.has(id)) return undefined;
    const isWellFormed = typeof method === 'string' && (kind === 'call' || isCredit(envelope.credit));
    const declaration = isWellFormed ? declarationOf(api, method, kind) : undefined;
    const isBusy = atWork[kind] >= (kind === 'call' ? maxCalls : maxStreams);
    if (declaration && !isBusy) return begin(envelope, declaration);
    send({ rpc: 'error', id, error: !isWellFormed ? 'invalid-call' : declaration ? 'busy' : 'unknown-method' });
    return undefined;
  };

  const offMessage = peer.on('message', ({ data }) => {
    const envelope = readEnvelope(data);
    if (envelope?.rpc === 'call' || envelope?.rpc === 'stream') return take(envelope);
    if (envelope?.rpc === 'cancel') abort(envelope.id);
    if (envelope?.rpc === 'more' && isCredit(envelope.credit)) running.get(envelope.id)?.gate?.add(envelope.credit);
    return undefined;
  });
  const offLine = watchLine(peer, { onLost: abortAll, onClosed: abortAll });
  return () => {
    offMessage();
    offLine();
    abortAll();
  };
}
