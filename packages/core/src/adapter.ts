// For node, web and other platforms: what a platform needs to make a client. No promise of stability between minors.
export type { AbortSignalLike } from './abort-signal.ts';
export { abnormal, type CloseOutcome, lost } from './close-code.ts';
export type { Clock } from './clock.ts';
export { HoldfastError, type HoldfastErrorCode, type HoldfastErrorDetails, failOn } from './errors.ts';
export type * from './events/client-event.ts';
export type { ListenOptions } from './events/emitter.ts';
export type { Message, Outgoing } from './message.ts';
export type { Client } from './session/client.ts';
export type { Connector, DialRequest, Link, LinkHandler } from './session/link.ts';
export {
  type CommonOptions,
  type HeartbeatOptions,
  type MaybeAsync,
  type Probe,
  type ReconnectOptions,
  type ResolvedOptions,
  resolveOptions,
} from './session/options.ts';
export type { OutboxOptions } from './session/outbox.ts';
export { type DisconnectCause, isWorthRetrying } from './session/retry-policy.ts';
export type { ClientState } from './session/session.ts';
export { createClient, type Platform, type SessionClient, type UrlSource } from './session/session-client.ts';
