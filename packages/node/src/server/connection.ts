import type {
  ClientEvent,
  ClosedEvent,
  CloseOutcome,
  EventMap,
  ListenOptions,
  Message,
  Outgoing,
  SendOptions,
} from '@holdfast/core/adapter';
import type { LinkSendOptions } from '../socket-link.ts';
import type { HandshakeRequest } from './handshake-request.ts';

/**
 * What a connection tells: those of a client's events that can happen to the end that does not dial. `open`, `disconnected`
 * and `dropped` are of a connection with delivery alone, which may lose its line and get another.
 */
export type ConnectionEvent<In = Message, Out = Outgoing> = Extract<
  ClientEvent<In, Out>,
  { type: 'message' | 'latency' | 'drain' | 'error' | 'closed' | 'open' | 'disconnected' | 'dropped' }
>;

/** The events of a connection by name, derived from the union. */
export type ConnectionEventMap<In = Message, Out = Outgoing> = EventMap<ConnectionEvent<In, Out>>;

/**
 * Where a connection stands: `closing` from the first close frame on, of either end; `away`, only with delivery, while its
 * line is lost and it may come back.
 */
export type ConnectionState =
  | { readonly name: 'open' }
  | { readonly name: 'away' }
  | { readonly name: 'closing' }
  | ({ readonly name: 'closed' } & CloseOutcome);

/** What is known of a connection with delivery. */
export interface DeliveryState {
  /** The name of the session: who knows it can resume it, so it is a secret. */
  readonly session: string;
  /** Whether the session began at another process, or before this one. */
  readonly resumed: boolean;
  /** How many messages this end has sent in the session. */
  readonly sent: number;
  /** How many messages of the client have arrived: the number of the one that a `message` listener is being told. */
  readonly received: number;
}

/** What may be said of one message of a connection. */
export interface ConnectionSendOptions extends LinkSendOptions, Pick<SendOptions, 'receipt'> {}

/**
 * One client of a server, from the accepted handshake to the end. That a promise of it is rejected by the end ends no
 * process, whether or not anybody waits for it.
 */
export interface Connection<Data = unknown, In = Message, Out = Outgoing> {
  /** What the client asked for. */
  readonly request: HandshakeRequest;
  /** What `authorize` found out, or what `accept` was given. */
  readonly data: Data;
  /** The sub-protocol that was chosen, or ''. */
  readonly protocol: string;
  /** The extensions that were agreed on, as they stand in the header, or ''. */
  readonly extensions: string;
  readonly state: ConnectionState;
  /** With delivery: what is known of the session. */
  readonly delivery: DeliveryState | undefined;
  /** Bytes that the client has not read yet. */
  readonly bufferedBytes: number;
  /** The last measured round trip, in ms. */
  readonly latencyMs: number | undefined;
  /** Listens; the answer ends that. What a listener throws, or rejects with, becomes an `error` event. */
  on<K extends keyof ConnectionEventMap<In, Out>>(
    type: K,
    listener: (event: ConnectionEventMap<In, Out>[K]) => unknown,
    options?: ListenOptions,
  ): () => void;
  /** The next event of this type. Rejects with `connection-lost` when the connection ends first, or with the abort reason. */
  once<K extends keyof ConnectionEventMap<In, Out>>(
    type: K,
    options?: Pick<ListenOptions, 'signal'>,
  ): Promise<ConnectionEventMap<In, Out>[K]>;
  /**
   * Sends: `sent` when it was handed to the transport, `queued`, only with delivery, when it waits for a line or for room in
   * the window, `closed` when the connection no longer takes it, which the network may do at any time. Throws
   * `invalid-message` or `lone-surrogate`.
   */
  send(message: Out, options?: ConnectionSendOptions): 'sent' | 'queued' | 'closed';
  /** Resolves when `bufferedBytes` is below the high-water mark. Rejects with `connection-lost`. */
  drained(): Promise<void>;
  /** One round trip, in ms. Rejects with `connection-lost` when the connection ends before the answer. */
  ping(): Promise<number>;
  /**
   * Closes with a code that may travel, 1000 without one, and a reason of at most 123 bytes, else throws
   * `invalid-close-code` or `invalid-close-reason`. Resolves with the `closed` event; a second call only waits for the same.
   */
  close(code?: number, reason?: string): Promise<ClosedEvent>;
  /** Drops the connection at once, without a close frame. */
  terminate(): void;
  /** The messages from now on, in order; the client is read as fast as they are taken. Ends with the connection. */
  [Symbol.asyncIterator](): AsyncGenerator<In, undefined>;
  /** `close()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
