export type { CloseOutcome, Codec, HoldfastErrorCode, ListenOptions, Message, Outgoing } from '@holdfast/core/adapter';
export { HoldfastError } from '@holdfast/core/adapter';
export type { CompressionOptions } from './deflate/options.ts';
export type { OriginPolicy } from './handshake/origin.ts';
export type { Limits } from './options.ts';
export { accept } from './server/accept.ts';
export { broadcast } from './server/broadcast.ts';
export type { Connection, ConnectionEvent, ConnectionEventMap, ConnectionState } from './server/connection.ts';
export type { HandshakeRequest, ProtocolChoice } from './server/handshake-request.ts';
export type {
  AcceptOptions,
  AnyHttpServer,
  Authorization,
  CommonServeOptions,
  ConnectionLimits,
  ConnectionOptions,
  OnHttpServer,
  OnPort,
  ServeLimits,
  ServeOptions,
} from './server/options.ts';
export { serve, type Server } from './server/serve.ts';
export type { LinkSendOptions as ConnectionSendOptions } from './socket-link.ts';
