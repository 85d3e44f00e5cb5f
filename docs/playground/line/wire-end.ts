import {
  type Clock,
  type CloseOutcome,
  HoldfastError,
  type Message,
  type Outgoing,
  type Protocol,
  type ProtocolEvent,
} from '@holdfast/core';
import type { LineEnd, LineEndHandler } from './page-line.ts';

/** What is told of an open connection. */
export interface WireEndHandler {
  /** Bytes arrived, be it half a message. */
  onHeard(): void;
  onMessage(data: Message): void;
  onPong(payload: Uint8Array): void;
  /** `bufferedBytes` went down. */
  onTaken(): void;
  /** The end, once: nothing comes after it. */
  onEnd(outcome: CloseOutcome): void;
}

/** How long the end of the line is waited for once both close frames have passed, in ms. */
const endTimeoutMs = 2_000;

/** An open connection over one end of a line: carries the bytes of a Protocol of core's, in either role. */
export class WireEnd implements LineEndHandler {
  /** Payload that was handed over and has not arrived. */
  bufferedBytes = 0;
  readonly #end: LineEnd;
  readonly #wire: Protocol;
  readonly #clock: Clock;
  readonly #handler: WireEndHandler;
  #unflushedBytes = 0;
  #isFlushDue = false;
  #isOver = false;
  #cancelEndTimer: (() => void) | undefined;

  constructor(end: LineEnd, wire: Protocol, clock: Clock, handler: WireEndHandler) {
    this.#end = end;
    this.#wire = wire;
    this.#clock = clock;
    this.#handler = handler;
    end.handler = this;
  }

  /** Whether messages can be sent. */
  get isOpen(): boolean {
    return !this.#isOver && this.#wire.takesMessages && this.#end.isWritable;
  }

  /** Whether a close frame has passed in either direction, or the connection has ended. */
  get isClosing(): boolean {
    return this.#isOver || this.#wire.state !== 'open';
  }

  send(message: Outgoing): void {
    this.#count(this.#wire.send(message));
  }

  ping(payload?: Uint8Array): void {
    this.#wire.ping(payload);
    this.#flushSoon();
  }

  /** Puts bytes on the line as they are, be they frames or not. */
  write(bytes: Uint8Array): void {
    this.flush();
    this.#end.write(bytes, 'frames');
  }

  close(code?: number, reason?: string): void {
    this.#wire.close(code, reason);
    this.flush();
  }

  /** Drops the connection; the handler hears nothing more, the peer that it is lost. */
  abandon(): void {
    this.#finish();
    this.#end.abandon();
  }

  onData(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#handler.onHeard();
    const events = this.#wire.receive(bytes);
    // Pongs go out before anybody is told; a close frame behind what is answered to the messages before it.
    if (this.#wire.transport === 'keep') this.flush();
    for (const event of events) this.#tell(event);
    if (this.#wire.transport !== 'keep') this.flush();
    this.#followTransport();
  }

  onFinish(): void {
    this.#end.finish();
  }

  onBroken(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#handler.onEnd(this.#wire.outcome(new HoldfastError('connection-lost', 'the line was cut')));
  }

  /** Puts on the line what is due. */
  flush(): void {
    this.#isFlushDue = false;
    if (this.#isOver) return;
    const pieces = this.#wire.takeOutput();
    const payload = this.#unflushedBytes;
    this.#unflushedBytes = 0;
    pieces.forEach((piece, index) => {
      const isLast = index === pieces.length - 1;
      this.#end.write(piece, 'frames', isLast && payload > 0 ? () => this.#onTaken(payload) : undefined);
    });
  }

  #count(bytes: number): void {
    if (bytes < 0) return;
    this.bufferedBytes += bytes;
    this.#unflushedBytes += bytes;
    this.#flushSoon();
  }

  #onTaken(bytes: number): void {
    this.bufferedBytes -= bytes;
    if (!this.#isOver) this.#handler.onTaken();
  }

  #flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    void Promise.resolve().then(() => this.flush());
  }

  #tell(event: ProtocolEvent): void {
    if (this.#isOver) return;
    if (event.type === 'message') this.#handler.onMessage(event.data);
    else if (event.type === 'pong') this.#handler.onPong(event.payload);
    // The rest was answered by the Protocol; the end is told when the line has ended.
  }

  #followTransport(): void {
    const { transport } = this.#wire;
    if (transport === 'keep' || this.#cancelEndTimer || this.#isOver) return;
    if (transport === 'end') this.#end.finish();
    this.#cancelEndTimer = this.#clock.after(endTimeoutMs, () => {
      this.#end.abandon();
      this.onBroken();
    });
  }

  #finish(): void {
    this.#isOver = true;
    this.#cancelEndTimer?.();
  }
}
