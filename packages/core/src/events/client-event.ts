import type { CloseOutcome } from '../close-code.ts';
import type { HoldfastError } from '../errors.ts';
import type { Message, Outgoing } from '../message.ts';

/** Each dial starts. */
export interface ConnectingEvent {
  readonly type: 'connecting';
  /** 1 for the first dial, one more for each that follows without a stable connection between. */
  readonly attempt: number;
  readonly url: string;
}

/** A link is open. */
export interface OpenEvent {
  readonly type: 'open';
  readonly url: string;
  /** The sub-protocol that the server chose, or ''. */
  readonly protocol: string;
  readonly attempt: number;
  /** Whether the server still knew the session before: only ever true with delivery. */
  readonly resumed: boolean;
}

/** A message arrived. */
export interface MessageEvent<In = Message> {
  readonly type: 'message';
  readonly data: In;
}

/** A heartbeat, or a `ping()`, was answered. */
export interface LatencyEvent {
  readonly type: 'latency';
  readonly rttMs: number;
}

/** `bufferedBytes` fell below the high-water mark. */
export interface DrainEvent {
  readonly type: 'drain';
}

/** What was handed to the transport and may or may not have reached the peer. */
export interface Uncertain {
  readonly messages: number;
  readonly bytes: number;
}

/** A dial failed or an open link ended. */
export interface DisconnectedEvent extends CloseOutcome {
  readonly type: 'disconnected';
  readonly willReconnect: boolean;
  /** All that was handed over since the last proof that the peer was reading: a pong, or the reply to a probe. */
  readonly uncertain: Uncertain;
}

/** The next dial is scheduled. */
export interface WaitingEvent {
  readonly type: 'waiting';
  /** The number of that dial. */
  readonly attempt: number;
  readonly delayMs: number;
}

/** A message was given up: it was not handed to the transport, or, by `unacknowledged`, perhaps in vain. */
export interface DroppedEvent<Out = Outgoing> {
  readonly type: 'dropped';
  readonly message: Out;
  readonly cause: DropCause;
}

/**
 * Why a message was given up: the queue's policy, its time to live, a newer one under its key, its signal, or the client
 * closed before a link took it; with delivery also `unacknowledged`: it was sent, the session is over, and nobody can say
 * whether it arrived.
 */
export type DropCause = 'queue-full' | 'expired' | 'replaced' | 'aborted' | 'closed' | 'unacknowledged';

/** Something that an app should know and that ends nothing, such as a listener that threw. */
export interface ErrorEvent {
  readonly type: 'error';
  readonly error: HoldfastError;
}

/** The end, exactly once; nothing comes after it. */
export interface ClosedEvent extends CloseOutcome {
  readonly type: 'closed';
}

/** Everything that a client tells. */
export type ClientEvent<In = Message, Out = Outgoing> =
  | ConnectingEvent
  | OpenEvent
  | MessageEvent<In>
  | LatencyEvent
  | DrainEvent
  | DisconnectedEvent
  | WaitingEvent
  | DroppedEvent<Out>
  | ErrorEvent
  | ClosedEvent;

/** From the name of an event to the event. */
export type EventMap<E extends { type: string }> = { [K in E['type']]: Extract<E, { type: K }> };

/** The events of a client by name, derived from the union. */
export type ClientEventMap<In = Message, Out = Outgoing> = EventMap<ClientEvent<In, Out>>;
