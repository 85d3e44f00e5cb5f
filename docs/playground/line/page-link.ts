import { type Clock, Protocol } from '@holdfast/core';
import type { Link, LinkHandler, Outgoing } from '@holdfast/core/adapter';
import type { LineEnd } from './page-line.ts';
import { WireEnd } from './wire-end.ts';

/** The client's end of an open line, as the Link of a client; it also takes bytes that are framed already. */
export class PageLink implements Link {
  readonly protocol: string;
  readonly extensions = '';
  readonly #end: WireEnd;
  #pingCount = 0;

  constructor(end: LineEnd, protocol: string, maxMessageBytes: number, clock: Clock, handler: LinkHandler) {
    this.protocol = protocol;
    const wire = new Protocol({
      role: 'client',
      createMaskingKey: () => crypto.getRandomValues(new Uint8Array(4)),
      maxMessageBytes,
      maxFrameBytes: maxMessageBytes,
    });
    this.#end = new WireEnd(end, wire, clock, {
      onHeard: () => handler.onHeard(),
      onMessage: (data) => handler.onMessage(data),
      onPong: (payload) => {
        if (payload.join() === this.#pingPayload().join()) handler.onPong();
      },
      onTaken: () => handler.onDrain(),
      onEnd: (outcome) => handler.onEnd(outcome),
    });
  }

  get readyState(): number {
    return this.#end.isOpen ? 1 : 2;
  }

  get bufferedAmount(): number {
    return this.#end.bufferedBytes;
  }

  send(message: Outgoing): void {
    this.#end.send(message);
  }

  /** Puts bytes on the line as they are, be they frames or not. */
  write(bytes: Uint8Array): void {
    this.#end.write(bytes);
  }

  ping(): void {
    this.#pingCount++;
    this.#end.ping(this.#pingPayload());
  }

  close(code: number, reason: string): void {
    this.#end.close(code, reason);
  }

  abandon(): void {
    this.#end.abandon();
  }

  /** Takes bytes that came behind the response's head. */
  receive(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#end.onData(bytes);
  }

  /** Names the last ping: a pong that nobody asked for is not its answer. */
  #pingPayload(): Uint8Array {
    return new TextEncoder().encode(String(this.#pingCount));
  }
}
