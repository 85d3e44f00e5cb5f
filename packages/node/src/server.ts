export type { CloseOutcome, Codec, HoldfastErrorCode, ListenOptions, Message, Outgoing } from '@holdfast/core/adapter';
export { HoldfastError } from '@holdfast/core/adapter';
export type { CompressionOptions } from './deflate/options.ts';
export type { OriginPolicy } from './handshake/origin.ts';
export type { Limits } from './options.ts';
export { accept } from './server/accept.ts';
export { broadcast } from './server/broadcast.ts';
export type {
  Connection,
  ConnectionEvent,
  ConnectionEventMap,
  ConnectionSendOptions,
  ConnectionState,
  DeliveryState,
} from './server/connection.ts';
export type { ServerDeliveryOptions } from './server/delivery/options.ts';
export { type RedisCommand, redisStore, type RedisStoreOptions } from './server/delivery/redis-store.ts';
export type { OpenedSession, SessionStore, StoredSession } from './server/delivery/session-store.ts';
export type { HandshakeRequest, ProtocolChoice } from './server/handshake-request.ts';
export type { ServerObserver } from './server/observer.ts';
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
