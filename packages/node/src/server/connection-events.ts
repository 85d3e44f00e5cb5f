import {
  type ClosedEvent,
  type Codec,
  codecError,
  createEmitter,
  type Emitter,
  type HoldfastError,
  iterateMessages,
  type ListenOptions,
  type Message,
  type Outgoing,
  wireLengths,
} from '@holdfast/core/adapter';
import type { ConnectionEvent, ConnectionEventMap } from './connection.ts';
import { callApp, endOf, type FaultHearers, noteHeard, tellError, tellFault, unforced } from './faults.ts';

/** The events of one connection, to the listeners of an app, whose faults go to `onError` and no further. */
export class ConnectionEvents {
  /** The last event. */
  closed: ClosedEvent | undefined;
  readonly #listen: Emitter<ConnectionEvent>[0];
  readonly #emit: Emitter<ConnectionEvent>[1];
  readonly #onError: ((error: HoldfastError) => unknown) | undefined;

  constructor(onError: ((error: HoldfastError) => unknown) | undefined) {
    [this.#listen, this.#emit] = createEmitter<ConnectionEvent>();
    this.#onError = onError;
  }

  on<K extends keyof ConnectionEventMap>(
    type: K,
    listener: (event: ConnectionEventMap[K]) => unknown,
    options?: ListenOptions,
  ): () => void {
    return this.#listen(type, (event) => this.#call(listener, event), options);
  }

  /** The next event of this type; rejects as `Connection.once` does. */
  once<K extends keyof ConnectionEventMap>(
    type: K,
    options?: Pick<ListenOptions, 'signal'>,
  ): Promise<ConnectionEventMap[K]> {
    return unforced(
      new Promise((resolve, reject) => {
        const settle = (event: ConnectionEvent) => {
          if (event.type === 'error') noteHeard(event.error);
          if (event.type === type) resolve(event as ConnectionEventMap[K]);
          else reject(endOf(event as ClosedEvent));
        };
        if (this.closed) settle(this.closed);
        else this.#listen([type, 'closed'], settle, { ...options, once: true }, reject);
      }),
    );
  }

  /** The messages from now on. */
  messages(): AsyncGenerator<Message, undefined> {
    return iterateMessages<Message, Outgoing>(this.#listen, this.closed);
  }

  emit(event: ConnectionEvent): void {
    if (event.type === 'closed') this.closed = event;
    this.#emit(event);
  }

  /** Tells a message as its codec has it, or why it has none; answers the fault for which the connection is to be closed. */
  receive(data: Message, codec: Codec<Message, never> | undefined): HoldfastError | undefined {
    const event = { type: 'message' as const, data };
    try {
      if (codec) {
        event.data = codec.decode(data);
        wireLengths.set(event, data.length);
      }
    } catch (cause) {
      const error = codecError('decode-failed', cause);
      this.#emit({ type: 'error', error });
      return error.closeCode === undefined ? undefined : error;
    }
    this.#emit(event);
    return undefined;
  }

  /** Tells a fault in a function of the app's. */
  tellFault(who: string, cause: unknown): void {
    tellFault(who, cause, this.#hearers);
  }

  /** Tells an error that ends nothing. */
  tellError(error: HoldfastError): void {
    tellError(error, this.#hearers, () => process.emitWarning(`holdfast: ${error.message}`));
  }

  get #hearers(): FaultHearers {
    return { emit: (error) => this.#emit({ type: 'error', error }), onError: this.#onError };
  }

  #call<E extends ConnectionEvent>(listener: (event: E) => unknown, event: E): void {
    if (event.type === 'error') noteHeard(event.error);
    callApp(
      () => listener(event),
      (cause) => this.tellFault(event.type, cause),
    );
  }
}
