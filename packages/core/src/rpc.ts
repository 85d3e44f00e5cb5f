// Calls and answers over a client or a connection: an entry of its own, so that who does not call does not pay.
export { CallError, isCallError } from './rpc/call-error.ts';
export {
  createRpc,
  type OneCallOptions,
  type OneStreamOptions,
  type Rpc,
  type RpcOptions,
} from './rpc/create-rpc.ts';
export {
  type Api,
  call,
  type CallOptions,
  type Declaration,
  defineApi,
  type ReservedFailure,
  type Sides,
  stream,
} from './rpc/declare-api.ts';
export { isRpcMessage } from './rpc/envelope.ts';
export type { RpcPlatform } from './rpc/outgoing-calls.ts';
export type { ItemStream } from './rpc/item-queue.ts';
export type { LineOptions, RpcPeer } from './rpc/peer.ts';
export { type CallContext, type Handler, type Handlers, serveRpc, type ServeRpcOptions } from './rpc/serve-rpc.ts';
export type { StandardSchema } from './codec/standard-schema.ts';
