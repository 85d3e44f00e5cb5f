import type { ClientEventMap, ClosedEvent } from '../events/client-event.ts';
import type { ListenOptions } from '../events/emitter.ts';
import type { Message, Outgoing } from '../message.ts';
import type { SendOptions } from './outbox.ts';
import type { ClientState } from './session.ts';

/** A WebSocket client that comes back by itself. The same on every platform. */
export interface Client<In = Message, Out = Outgoing> {
  /** The URL of the last dial; '' before the first. */
  readonly url: string;
  /** The sub-protocol of the open link, or ''. */
  readonly protocol: string;
  /** The extensions that were agreed on, as they stand in the server's header, or ''. */
  readonly extensions: string;
  readonly state: ClientState;
  /** Whether it has delivery: then a broken line loses nothing as long as the session is resumed. */
  readonly delivery: boolean;
  /** Bytes that wait here and in the transport. */
  readonly bufferedBytes: number;
  /** The last measured round trip, in ms. */
  readonly latencyMs: number | undefined;
  /** Listens; the answer ends that. What a listener throws becomes an `error` event. */
  on<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    listener: (event: ClientEventMap<In, Out>[K]) => unknown,
    options?: ListenOptions,
  ): () => void;
  /** The next event of this type. Rejects with `client-closed` when the client closes first, or with the abort reason. */
  once<K extends keyof ClientEventMap<In, Out>>(
    type: K,
    options?: Pick<ListenOptions, 'signal'>,
  ): Promise<ClientEventMap<In, Out>[K]>;
  /**
   * Sends: `sent` when it was handed to the transport, `queued` while it waits in the outbox, for a link or for one that
   * has less than `highWaterMark` in its buffer. Throws `invalid-message`, `lone-surrogate`, `queue-full`, or
   * `client-closed` once the client is closing.
   */
  send(message: Out, options?: SendOptions): 'sent' | 'queued';
  /** Resolves when `bufferedBytes` is below the high-water mark. Rejects with `client-closed`. */
  drained(): Promise<void>;
  /**
   * One round trip, in ms. Rejects with `ping-unsupported`, with `connection-lost` where no link is open, and with
   * `client-closed`, whose cause says why, when the link ends before the answer.
   */
  ping(): Promise<number>;
  /** Dials now: drops an open link, or ends the wait. Does nothing once the client is closing. */
  reconnect(): void;
  /**
   * Closes for good, with 1000 or 3000 to 4999 and a reason of at most 123 bytes, else throws `invalid-close-code` or
   * `invalid-close-reason`. What waits is handed over first where a link is open or being dialed, within
   * `closeTimeoutMs`. Resolves with the `closed` event; a second call only waits for the same.
   */
  close(code?: number, reason?: string): Promise<ClosedEvent>;
  /** The messages from now on, in order; ends when the client is closed, and leaving the loop ends the listening. */
  [Symbol.asyncIterator](): AsyncGenerator<In, undefined>;
  /** `close()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
