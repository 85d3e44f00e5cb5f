import { defineInterface, toDomString } from './web-idl.ts';

type EventInit = NonNullable<ConstructorParameters<typeof Event>[1]>;

/** What an ErrorEvent tells. */
export interface ErrorDetails {
  /** The HoldfastError, where it is an event of ours. */
  readonly error: unknown;
  readonly message: string;
}

/** An `error` event that says what happened (HTML, the ErrorEvent interface, without the place in a script). */
export class ErrorEvent extends Event implements ErrorDetails {
  readonly #error: unknown;
  readonly #message: string;

  constructor(type: string, init: EventInit & Partial<ErrorDetails> = {}) {
    super(type, init);
    const { error, message = '' } = init ?? {};
    this.#error = error;
    this.#message = toDomString(message);
  }

  get error(): unknown {
    return this.#error;
  }

  get message(): string {
    return this.#message;
  }
}

defineInterface(ErrorEvent);

/** The runtime's own class where it has one, which Node before 26 does not. */
export const RuntimeErrorEvent = (globalThis as unknown as { ErrorEvent?: typeof ErrorEvent }).ErrorEvent ?? ErrorEvent;
