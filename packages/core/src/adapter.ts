// For node, web and other platforms: what a platform needs to make a client. No promise of stability between minors.
export type { AbortSignalLike } from './abort-signal.ts';
export { abnormal, checkCloseReason, type CloseOutcome, lost } from './close-code.ts';
export { type Clock, createTimer, type Timer } from './clock.ts';
export {
  HoldfastError,
  type HoldfastErrorCode,
  type HoldfastErrorDetails,
  type SchemaIssue,
  failOn,
} from './errors.ts';
export type * from './events/client-event.ts';
export { createEmitter, type Emitter, type ListenOptions } from './events/emitter.ts';
export { listen } from './listen.ts';
export { checkOutgoing, type Message, type Outgoing, viewBytes } from './message.ts';
export type { Client } from './session/client.ts';
export { type Codec, codecError, encodeBy } from './session/codec.ts';
export { checkProtocols } from './session/endpoint.ts';
export { fillOptions } from './session/fill-options.ts';
export { createHeartbeat, type Heartbeat } from './session/heartbeat.ts';
export type { Layer, LayerEnds, LayerParts } from './session/layer.ts';
export { iterateMessages, wireLengths } from './session/iterate-messages.ts';
export type { Connector, Link, LinkHandler } from './session/link.ts';
export {
  type CommonOptions,
  type HeartbeatOptions,
  type MaybeAsync,
  type Probe,
  type ReconnectOptions,
  type ResolvedOptions,
  resolveOptions,
} from './session/options.ts';
export type { OutboxOptions, SendOptions } from './session/outbox.ts';
export type { Platform } from './session/platform.ts';
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from './session/retry-budget.ts';
export { ReadPauses } from './session/read-pauses.ts';
export { type DisconnectCause, isWorthRetrying } from './session/retry-policy.ts';
export type { ClientState } from './session/session.ts';
export { type ClientStreams, toStreams } from './session/to-streams.ts';
export { watchSleep } from './session/watch-sleep.ts';
export {
  createClient,
  sendDefaults,
  type SessionClient,
  type UrlSource,
} from './session/session-client.ts';
