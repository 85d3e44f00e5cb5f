import {
  createRpc as createRpcOn,
  type Api,
  type Rpc,
  type RpcOptions,
  type RpcPeer,
  type RpcPlatform,
} from '@holdfast/core/rpc';

export type * from '@holdfast/core/rpc';
export { call, CallError, defineApi, isCallError, isRpcMessage, serveRpc, stream } from '@holdfast/core/rpc';

/** A timer takes at most 2^31 - 1 ms: longer ones would fire at once. */
const platform: RpcPlatform = {
  random: Math.random,
  after(delayMs, task) {
    const timer = (delayMs as number) < 2 ** 31 ? setTimeout(task, delayMs) : undefined;
    return () => clearTimeout(timer);
  },
};

/**
 * The calling end over a client, or over a server's connection. Both ends of a line can have one: it leaves the other's
 * calls, and the app's own messages, alone. Throws `unknown-option` or `invalid-option`.
 */
export function createRpc<A extends Api>(peer: RpcPeer, api: A, options?: RpcOptions): Rpc<A> {
  return createRpcOn(peer, api, options, platform);
}
