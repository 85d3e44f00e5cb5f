import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import type { Clock } from '../clock.ts';
import { failOn, HoldfastError } from '../errors.ts';
import { fillOptions } from '../session/fill-options.ts';
import { CallError } from './call-error.ts';
import {
  type Api,
  type Arguments,
  type Declaration,
  declarationOf,
  type NamesOf,
  type ParamsIn,
  type ResultOut,
} from './declare-api.ts';
import { type Envelope, isCredit, maxCredit, readEnvelope } from './envelope.ts';
import { createItemQueue, type ItemQueueOptions, type ItemStream } from './item-queue.ts';
import { checkFormat, type LineOptions, type RpcPeer, toMessage, watchLine } from './peer.ts';
import { describeIssues, type Schema, validate, type Validation } from './standard-schema.ts';

/** What calls need of their platform: time limits, and where their numbers begin. */
export interface RpcPlatform extends Pick<Clock, 'after'> {
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** What holds for all calls over one peer. */
export interface RpcOptions extends LineOptions {
  /** How long a call may take that says nothing of its own, in ms. Default: 30 s. */
  readonly timeoutMs?: number;
}

/** What holds for one call. */
export interface OneCallOptions {
  /** How long it may take, in ms. */
  readonly timeoutMs?: number | undefined;
  /** Gives it up: it rejects with the reason, and the handler's signal is aborted. */
  readonly signal?: AbortSignalLike | undefined;
}

/** What holds for one stream. */
export interface OneStreamOptions {
  /** How long the reader waits for the next item, in ms. Default: as long as the line lives. */
  readonly idleTimeoutMs?: number | undefined;
  /** How many items may be on their way and unread: 1 to 1024. Default: 32. */
  readonly window?: number | undefined;
  /** Gives it up: the reader gets the reason. */
  readonly signal?: AbortSignalLike | undefined;
}

/** The calls of one API. */
export interface Rpc<A extends Api> {
  /**
   * Calls, and resolves to the result. Rejects with a CallError where the peer answers an error; with
   * `rpc-invalid-params`, `rpc-invalid-result` or `rpc-timeout`; with `connection-lost` where nobody can say whether the
   * call was carried out; with `client-closed` or `queue-full`; or with the signal's reason.
   */
  call<N extends NamesOf<A, 'call'>>(
    name: N,
    ...given: Arguments<ParamsIn<A[N]>, [OneCallOptions]>
  ): Promise<ResultOut<A[N]>>;
  /** A stream of answers, which begins when it is first read. It fails as a call does, once what arrived before is read. */
  stream<N extends NamesOf<A, 'stream'>>(
    name: N,
    ...given: Arguments<ParamsIn<A[N]>, [OneStreamOptions]>
  ): ItemStream<ResultOut<A[N]>>;
}

/** A call that is under way. */
interface Pending {
  readonly declaration: Declaration;
  readonly message: never;
  /** Takes it back while it waits in the outbox. */
  readonly withdrawal: AbortController;
  /** It was handed over, so that the peer may have it. */
  isOut: boolean;
  /** Hears what the peer says of it. */
  readonly hear: (envelope: Envelope) => void;
  /** Ends it without a word to the peer. */
  readonly fail: (error: unknown) => void;
}

type CallEnvelope = Extract<Envelope, { rpc: 'call' | 'stream' }>;
type CallInit = Omit<Extract<Envelope, { rpc: 'call' }>, 'id'> | Omit<Extract<Envelope, { rpc: 'stream' }>, 'id'>;

const streamDefaults = { idleTimeoutMs: Infinity, window: 32, signal: undefined };
const rpcDefaults: Required<RpcOptions> = { timeoutMs: 30_000, format: 'text', delivery: false };

/**
 * The calling end over a peer. Both ends of a line can have one: it leaves the other's calls, and the app's own messages,
 * alone. Throws `unknown-option` or `invalid-option`.
 */
export function createRpc<A extends Api>(
  peer: RpcPeer,
  api: A,
  options: RpcOptions | undefined,
  platform: RpcPlatform,
): Rpc<A> {
  const line = fillOptions(options, rpcDefaults) as Required<RpcOptions>;
  checkFormat(line);
  const pending = new Map<number, Pending>();
  // A page that was loaded again must not take answers to the page before for its own.
  const firstId = 1 + Math.floor(platform.random() * 2 ** 48);
  let nextId = firstId;

  const isDown = () => /^(connecting|waiting)$/.test(peer.state.name);
  const tell = (envelope: Envelope) => {
    try {
      peer.send(toMessage(envelope, line));
    } catch {
      // A peer that is closing needs no word of it.
    }
  };
  const transmit = (entry: Pending) => {
    entry.isOut = !isDown();
    const how = entry.isOut ? undefined : ({ signal: entry.withdrawal.signal } as never);
    if (peer.send(entry.message, how) === 'closed') throw new HoldfastError('client-closed');
  };
  const lose = (entry: Pending) => {
    if (!entry.isOut) return;
    if (!entry.declaration.retry) return entry.fail(new HoldfastError('connection-lost', 'the call may have arrived'));
    try {
      transmit(entry);
    } catch (error) {
      entry.fail(error);
    }
  };

  /** Begins a call; the answer ends it, and tells the peer where that may have it. */
  const begin = (
    declaration: Declaration,
    init: CallInit,
    { timeoutMs, signal }: OneCallOptions,
    hear: (envelope: Envelope) => void,
    onFail: (error: unknown) => void,
  ): (() => void) => {
    let id: number | undefined;
    let isOver = false;
    const end = () => {
      isOver = true;
      stopListening();
      stopTimer();
      if (id !== undefined) pending.delete(id);
    };
    const fail = (error: unknown) => {
      if (isOver) return;
      end();
      onFail(error);
    };
    const giveUp = () => {
      const entry = pending.get(id as number);
      end();
      if (entry?.isOut) tell({ rpc: 'cancel', id: id as number });
      else entry?.withdrawal.abort();
    };
    const failHere = (error: unknown) => {
      if (isOver) return;
      giveUp();
      onFail(error);
    };
    const stopListening = onAbort(signal, failHere);
    const stopTimer = platform.after(timeoutMs, () => {
      failHere(new HoldfastError('rpc-timeout', `${init.method}: ${timeoutMs} ms`));
    });
    const send = (checked: Validation<unknown>) => {
      if (isOver || signal?.aborted) return;
      if (checked.issues) throw invalid('rpc-invalid-params', init.method, checked.issues);
      id = nextId++;
      const { withdrawal, message } = { withdrawal: new AbortController(), message: inForm({ ...init, id }) };
      const entry: Pending = {
        declaration,
        message,
        withdrawal,
        isOut: false,
        fail,
        hear(envelope) {
          if (envelope.rpc !== 'item' || init.rpc === 'call') end();
          hear(envelope);
        },
      };
      pending.set(id, entry);
      transmit(entry);
    };
    attempt(() => chain(validate(declaration.params, init.params), send), fail);
    return () => {
      if (!isOver) giveUp();
    };
  };
  const inForm = (envelope: CallEnvelope) => {
    try {
      return toMessage(envelope, line);
    } catch (cause) {
      throw new HoldfastError('rpc-invalid-params', `${envelope.method}: no JSON`, { cause });
    }
  };

  peer.on('message', ({ data }) => {
    const envelope = readEnvelope(data);
    if (!envelope || /^(call|stream|more|cancel)$/.test(envelope.rpc)) return;
    const { rpc, id } = envelope;
    const entry = pending.get(id);
    if (entry) entry.hear(envelope);
    // Items of a stream that a page before this one read. Those of one that was cancelled here will end by themselves.
    else if (rpc === 'item' && (id < firstId || id >= nextId)) tell({ rpc: 'cancel', id });
  });
  watchLine(peer, line, {
    onLost: () => [...pending.values()].forEach(lose),
    onOpen: () => {
      for (const entry of pending.values()) entry.isOut = true;
    },
    onClosed: (cause) => {
      for (const { fail } of [...pending.values()]) fail(new HoldfastError('client-closed', '', { cause }));
    },
  });
  watchDropped(peer, pending);

  return {
    call(name, ...given) {
      const [params, one] = given as [unknown, OneCallOptions?];
      const declaration = known(api, name, 'call');
      const presets = { timeoutMs: declaration.timeoutMs ?? line.timeoutMs, signal: undefined };
      const how = fillOptions(one, presets) as OneCallOptions;
      return new Promise((resolve, reject) => {
        const hear = (envelope: Envelope) => {
          attempt(() => chain(resultOf(declaration, name, envelope), resolve as (value: unknown) => void), reject);
        };
        begin(declaration, { rpc: 'call', method: name, params }, how, hear, reject);
      });
    },
    stream(name, ...given) {
      const [params, one] = given as [unknown, OneStreamOptions?];
      const declaration = known(api, name, 'stream');
      const { window, signal, ...how } = fillOptions(one, streamDefaults) as Required<OneStreamOptions> &
        ItemQueueOptions;
      if (!isCredit(window)) failOn('invalid-option', `window ${window}`, `1 to ${maxCredit}`);
      let id = 0;
      let giveUp = () => {};
      const hear = (envelope: Envelope) => {
        id = envelope.id;
        if (envelope.rpc === 'item') return queue.push(envelope.item);
        if (envelope.rpc === 'end') return queue.end();
        return attempt(() => chain(failureOf(declaration, name, envelope), queue.end), queue.end);
      };
      const queue = createItemQueue(
        {
          start() {
            const init = { rpc: 'stream', method: name, params, credit: window } as const;
            giveUp = begin(declaration, init, { signal }, hear, queue.end);
          },
          grant: (credit) => tell({ rpc: 'more', id, credit }),
          stop: () => giveUp(),
          check: (item) => chain(validate(declaration.result, item), (checked) => valueOf(checked, name)),
        },
        { ...how, window },
        platform,
      );
      return queue.stream as ItemStream<never>;
    },
  };
}

/** A call that its queue gave up is not coming: nobody has to wait for its time limit. */
function watchDropped(peer: RpcPeer, pending: ReadonlyMap<number, Pending>): void {
  const dropping = peer as unknown as {
    on(type: 'dropped', listener: (event: { readonly message: unknown; readonly cause: string }) => void): void;
  };
  dropping.on('dropped', ({ message, cause }) => {
    // What was sent and never acknowledged is for the next `open` to judge.
    if (cause === 'unacknowledged') return;
    const entry = [...pending.values()].find((one) => one.message === message);
    entry?.fail(
      new HoldfastError(cause === 'queue-full' ? cause : 'connection-lost', `the call was dropped: ${cause}`),
    );
  });
}

function known(api: Api, name: string, kind: 'call' | 'stream'): Declaration {
  const declaration = declarationOf(api, name, kind);
  if (!declaration) failOn('invalid-option', `${kind} ${name}`, 'a name of the API');
  return declaration as Declaration;
}

/** The result in an answer. Throws, or rejects, where it is an error or not as declared. */
function resultOf(declaration: Declaration, name: string, envelope: Envelope): unknown {
  if (envelope.rpc === 'answer') {
    return chain(validate(declaration.result, envelope.result), (checked) => valueOf(checked, name));
  }
  return chain(failureOf(declaration, name, envelope), (error) => {
    throw error;
  });
}

/** The error in an answer that is no result. */
function failureOf({ errors }: Declaration, name: string, envelope: Envelope): unknown {
  if (envelope.rpc !== 'error' || typeof envelope.error !== 'string') {
    return new HoldfastError('rpc-invalid-result', `${name}: ${envelope.rpc} in place of an answer`);
  }
  const { error, data } = envelope;
  const schema: Schema | undefined = errors && Object.hasOwn(errors, error) ? errors[error] : undefined;
  return chain(validate(schema, data), (checked) => new CallError(error, valueOf(checked, `${name}, ${error}`), name));
}

function valueOf(checked: Validation<unknown>, name: string): unknown {
  if (checked.issues) throw invalid('rpc-invalid-result', name, checked.issues);
  return checked.value;
}

function invalid(
  code: 'rpc-invalid-params' | 'rpc-invalid-result',
  name: string,
  issues: readonly { message: string }[],
) {
  return new HoldfastError(code, `${name}: ${describeIssues(issues)}`);
}

/** Goes on with a value, at once where it is there: calls leave in the order in which they are made. */
function chain<T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> {
  const { then } = (value ?? {}) as Partial<Promise<T>>;
  return typeof then === 'function' ? (value as Promise<T>).then(next) : next(value as T);
}

function attempt(work: () => unknown, fail: (error: unknown) => void): void {
  try {
    (work() as Partial<Promise<unknown>> | undefined)?.then?.(undefined, fail);
  } catch (error) {
    fail(error);
  }
}
