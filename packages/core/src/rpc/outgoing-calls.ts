import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { Declaration } from './declare-api.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { type LineOptions, type RpcPeer, toMessage, watchLine } from './peer.ts';
import { attempt, chain } from './soon.ts';
import type { SchemaResult } from '../codec/standard-schema.ts';
import { invalid, validate } from './validate.ts';

/** What calls need of their platform: time limits, and where their numbers begin. */
export interface RpcPlatform extends Pick<Clock, 'after'> {
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** What is asked of the peer, but for its number. */
type Question = WithoutId<Extract<Envelope, { rpc: 'call' | 'stream' }>>;
type WithoutId<E> = E extends { id: number } ? Omit<E, 'id'> : never;

/** One call to begin. */
export interface OutgoingCall {
  readonly declaration: Declaration;
  readonly question: Question;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** Hears what the peer says of it. */
  readonly onAnswer: (envelope: Envelope) => void;
  /** Hears why there is no answer. */
  readonly onFail: (error: unknown) => void;
}

/** The calls over a peer that wait for their answers. */
export type OutgoingCalls = readonly [
  /** Begins a call; the answer gives it up, and tells the peer where that may have it. */
  begin: (call: OutgoingCall) => () => void,
  /** Sends what needs no answer. */
  tell: (envelope: Envelope) => void,
];

/** A call that is under way. */
interface Pending {
  readonly call: OutgoingCall;
  readonly message: never;
  /** Takes it back while it waits in the outbox. */
  withdrawal?: AbortController;
  /** It was handed over, so that the peer may have it. */
  isOut: boolean;
  /** Ends it without a word to the peer. */
  readonly fail: (error: unknown) => void;
  readonly end: () => void;
}

/** No call yet; listens to the peer. */
export function createOutgoingCalls(peer: RpcPeer, line: LineOptions, platform: RpcPlatform): OutgoingCalls {
  const pending = new Map<number, Pending>();
  // A page that was loaded again must not take answers to the page before for its own.
  const firstId = 1 + Math.floor(platform.random() * 2 ** 48);
  let nextId = firstId;

  const tell = (envelope: Envelope) => {
    try {
      peer.send(toMessage(envelope, line));
    } catch {
      // A peer that is closing needs no word of it.
    }
  };
  const transmit = (entry: Pending) => {
    entry.isOut = !/^(connecting|waiting)$/.test(peer.state.name);
    if (!entry.isOut) entry.withdrawal ??= new AbortController();
    const how = entry.isOut ? undefined : { signal: entry.withdrawal?.signal };
    if (peer.send(entry.message, how as never) === 'closed') throw new HoldfastError('client-closed');
  };
  const lose = (entry: Pending) => {
    if (!entry.isOut) return;
    if (entry.call.declaration.retry) attempt(() => transmit(entry), entry.fail);
    else entry.fail(new HoldfastError('connection-lost', 'the call may have arrived'));
  };
  const begin = (call: OutgoingCall) => {
    const { declaration, question, timeoutMs, signal } = call;
    const { method } = question;
    let id = 0;
    let isOver = false;
    const end = () => {
      isOver = true;
      stopListening();
      stopTimer();
      pending.delete(id);
    };
    const fail = (error: unknown) => {
      if (isOver) return;
      end();
      call.onFail(error);
    };
    const giveUp = () => {
      if (isOver) return;
      const entry = pending.get(id);
      end();
      if (entry?.isOut) tell({ rpc: 'cancel', id });
      else entry?.withdrawal?.abort();
    };
    const failHere = (error: unknown) => {
      giveUp();
      call.onFail(error);
    };
    const stopListening = onAbort(signal, failHere);
    const stopTimer = platform.after(timeoutMs, () => {
      failHere(new HoldfastError('rpc-timeout', `${method}: ${timeoutMs} ms`));
    });
    const send = (checked: SchemaResult<unknown>) => {
      if (isOver || signal?.aborted) return;
      if (checked.issues) throw invalid('rpc-invalid-params', method, checked.issues);
      id = nextId++;
      const message = toMessage({ ...question, id }, line);
      const entry: Pending = { call, message, isOut: false, fail, end };
      pending.set(id, entry);
      transmit(entry);
    };
    attempt(() => chain(validate(declaration.params, question.params), send), fail);
    return giveUp;
  };

  peer.on('message', ({ data }) => {
    const envelope = readEnvelope(data);
    if (!envelope || /^(call|stream|more|cancel)$/.test(envelope.rpc)) return;
    const { rpc, id } = envelope;
    const entry = pending.get(id);
    if (entry) {
      if (rpc !== 'item' || entry.call.question.rpc === 'call') entry.end();
      entry.call.onAnswer(envelope);
    }
    // Items of a stream that a page before this one read. Those of one that was cancelled here will end by themselves.
    else if (rpc === 'item' && (id < firstId || id >= nextId)) tell({ rpc: 'cancel', id });
  });
  watchLine(peer, {
    onLost: () => [...pending.values()].forEach(lose),
    onOpen: () => {
      for (const entry of pending.values()) entry.isOut = true;
    },
    // Nobody has to wait for the time limit of a call that is not coming.
    onDropped: (message, error) => [...pending.values()].find((entry) => entry.message === message)?.fail(error),
    onClosed: (cause) => {
      for (const { fail } of [...pending.values()]) fail(new HoldfastError('client-closed', '', { cause }));
    },
  });
  return [begin, tell];
}
