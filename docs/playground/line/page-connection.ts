import { type Clock, HoldfastError, type Message, type Outgoing, Protocol } from '@holdfast/core';
import type { CloseOutcome } from '@holdfast/core/adapter';
import type { LineEnd } from './page-line.ts';
import { WireEnd } from './wire-end.ts';

/** What a room is told of a connection that it took in. */
export interface ConnectionHandler {
  onMessage(data: Message): void;
  /** The end, once. */
  onEnd(outcome: CloseOutcome): void;
}

/** The server's end of an open line, as a room sees it. */
export class PageConnection {
  /** The sub-protocol that was agreed, or ''. */
  readonly protocol: string;
  readonly #end: WireEnd;
  #handler: ConnectionHandler | undefined;
  #outcome: CloseOutcome | undefined;
  readonly #onEnded: () => void;
  /** Whether a ping waits for its pong. */
  #isAsked = false;

  constructor(end: LineEnd, protocol: string, maxMessageBytes: number, clock: Clock, onEnded: () => void) {
    this.protocol = protocol;
    this.#onEnded = onEnded;
    const wire = new Protocol({ role: 'server', maxMessageBytes, maxFrameBytes: maxMessageBytes });
    this.#end = new WireEnd(end, wire, clock, {
      onHeard: () => {},
      onMessage: (data) => this.#handler?.onMessage(data),
      onPong: () => {
        this.#isAsked = false;
      },
      onTaken: () => {},
      onEnd: (outcome) => this.#finish(outcome),
    });
  }

  get isOpen(): boolean {
    return this.#end.isOpen;
  }

  /** Payload that has not arrived. */
  get bufferedBytes(): number {
    return this.#end.bufferedBytes;
  }

  /** Whoever is told of it from now on. */
  handle(handler: ConnectionHandler): void {
    this.#handler = handler;
    if (this.#outcome) handler.onEnd(this.#outcome);
  }

  send(message: Outgoing): void {
    this.#end.send(message);
  }

  close(code: number, reason = ''): void {
    this.#end.close(code, reason);
  }

  /** Drops it at once. */
  terminate(): void {
    this.#end.abandon();
    const error = new HoldfastError('connection-lost', 'terminated by the server');
    this.#finish({ code: 1006, reason: '', wasClean: false, error });
  }

  /** Pings it; answers whether the ping before was answered. */
  ask(): boolean {
    if (this.#isAsked) return false;
    this.#isAsked = true;
    this.#end.ping();
    return true;
  }

  /** Takes bytes that came behind the request's head. */
  receive(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#end.onData(bytes);
  }

  #finish(outcome: CloseOutcome): void {
    if (this.#outcome) return;
    this.#outcome = outcome;
    this.#onEnded();
    this.#handler?.onEnd(outcome);
  }
}
