export type {
  Client,
  ClientEvent,
  ClientEventMap,
  ClientState,
  ClientStreams,
  ClosedEvent,
  CloseOutcome,
  Codec,
  CommonOptions,
  ConnectingEvent,
  DisconnectCause,
  DisconnectedEvent,
  DrainEvent,
  DropCause,
  DroppedEvent,
  ErrorEvent,
  EventMap,
  HeartbeatOptions,
  HoldfastErrorCode,
  HoldfastErrorDetails,
  LatencyEvent,
  ListenOptions,
  MaybeAsync,
  Message,
  MessageEvent,
  OpenEvent,
  OutboxOptions,
  Outgoing,
  Probe,
  ReconnectOptions,
  RetryBudget,
  RetryBudgetOptions,
  SchemaIssue,
  SendOptions,
  Uncertain,
  UrlSource,
  WaitingEvent,
} from '@holdfast/core/adapter';
export { createRetryBudget, HoldfastError, toStreams } from '@holdfast/core/adapter';
export { connect, type NodeClient, type NodeSendOptions } from './connect.ts';
export type { CompressionOptions } from './deflate/options.ts';
export type { ProxyOptions, RouteOptions, TlsOptions } from './dial/options.ts';
export type { ConnectOptions, NodeOptions } from './options.ts';
export type { WebSocketOptions } from './web-socket/options.ts';
export { WebSocket, type WebSocketEventMap } from './web-socket/web-socket.ts';
