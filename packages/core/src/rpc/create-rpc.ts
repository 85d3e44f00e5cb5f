import type { AbortSignalLike } from '../abort-signal.ts';
import { failOn } from '../errors.ts';
import { fillOptions } from '../session/fill-options.ts';
import {
  type Api,
  type Arguments,
  type Declaration,
  declarationOf,
  type NamesOf,
  type ParamsIn,
  type ResultOut,
} from './declare-api.ts';
import { type Envelope, isCredit, maxCredit } from './envelope.ts';
import { createItemQueue, type ItemQueueOptions, type ItemStream } from './item-queue.ts';
import { createOutgoingCalls, type RpcPlatform } from './outgoing-calls.ts';
import type { LineOptions, RpcPeer } from './peer.ts';
import { failureOf, resultOf, valueOf } from './read-answer.ts';
import { attempt, chain } from './soon.ts';
import { validate } from './validate.ts';

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
  readonly maxUnread?: number | undefined;
  /** Gives it up: the reader gets the reason. */
  readonly signal?: AbortSignalLike | undefined;
}

/** The calls of one API. */
export interface Rpc<A extends Api> {
  /**
   * Calls, and resolves to the result. Rejects with a CallError where the peer answers an error; with
   * `rpc-invalid-params`, `rpc-invalid-result` or `rpc-timeout`; with `connection-lost` where nobody can say whether the
   * call was carried out; with `client-closed`, `queue-full` or `invalid-message`; or with the signal's reason.
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

const streamDefaults = { idleTimeoutMs: Infinity, maxUnread: 32, signal: undefined };
const rpcDefaults: Required<RpcOptions> = { timeoutMs: 30_000, asObjects: false };

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
  const [begin, tell] = createOutgoingCalls(peer, line, platform);
  return {
    call(name, ...given) {
      const [params, one] = given as [unknown, OneCallOptions?];
      const declaration = known(api, name, 'call');
      const presets = { timeoutMs: declaration.timeoutMs ?? line.timeoutMs, signal: undefined };
      const how = fillOptions(one, presets) as OneCallOptions;
      return new Promise((resolve, onFail) => {
        const onAnswer = (envelope: Envelope) => {
          attempt(() => chain(resultOf(declaration, name, envelope), resolve), onFail);
        };
        begin({ declaration, question: { rpc: 'call', method: name, params }, ...how, onAnswer, onFail });
      });
    },
    stream(name, ...given) {
      const [params, one] = given as [unknown, OneStreamOptions?];
      const declaration = known(api, name, 'stream');
      const { signal, ...how } = fillOptions(one, streamDefaults) as OneStreamOptions & ItemQueueOptions;
      const { maxUnread: credit } = how;
      if (!isCredit(credit)) failOn('invalid-option', `maxUnread ${credit as number}`, `1 to ${maxCredit}`);
      const question = { rpc: 'stream', method: name, params, credit } as const;
      let id = 0;
      let giveUp = () => {};
      const onAnswer = (envelope: Envelope) => {
        id = envelope.id;
        if (envelope.rpc === 'item') queue.push(envelope.item);
        else if (envelope.rpc === 'end') queue.end();
        else attempt(() => chain(failureOf(declaration, name, envelope), queue.end), queue.end);
      };
      const source = {
        start() {
          giveUp = begin({ declaration, question, signal, onAnswer, onFail: queue.end });
        },
        grant: (more: number) => tell({ rpc: 'more', id, credit: more }),
        stop: () => giveUp(),
        check: (item: unknown) => chain(validate(declaration.result, item), (checked) => valueOf(checked, name)),
      };
      const queue = createItemQueue(source, how, platform);
      return queue.stream;
    },
  };
}

function known(api: Api, name: string, kind: 'call' | 'stream'): Declaration {
  const declaration = declarationOf(api, name, kind);
  return declaration ?? failOn('invalid-option', `${kind} ${name}`, 'a name of the API');
}
