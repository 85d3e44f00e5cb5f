import { createHash } from 'node:crypto';
import type { ProtocolEvent } from '@holdfast/core';
import type { Bench, BenchEnd, BenchEvent, Nothing } from '../play/bench.ts';
import { showEvent } from '../play/compare-event.ts';
import { showFrame } from '../play/compare-frame.ts';
import { Queue } from '../play/queue.ts';
import type { AppAct, EndStep, Role, Row, SendStep } from '../row/row.ts';
import { FrameReader, type ReadFrame } from '../wire/frame-reader.ts';
import type { Feed } from './feeds.ts';
import { EchoSide, type MakeProtocol, protocolOptions } from './protocol-side.ts';

/** A Protocol without I/O, which gets the peer's bytes in the pieces of a feed. */
export class FeedBench implements Bench {
  readonly role: Role;
  readonly maxExchanged: number = 24;
  readonly #feed: Feed;
  readonly #side: EchoSide;
  readonly #reader: FrameReader;
  readonly #events = new Queue<BenchEvent>();
  readonly #written = createHash('sha1');
  readonly #told = createHash('sha1');
  #isCut = false;

  constructor(row: Row, role: Role, feed: Feed, make: MakeProtocol) {
    this.role = role;
    this.#feed = feed;
    this.#reader = new FrameReader(role, row.compression?.sides !== undefined);
    this.#side = new EchoSide(make(protocolOptions(row, role)), {
      onWrite: (chunk) => this.#onWrite(chunk),
      onEvent: (event) => this.#onEvent(event),
    });
  }

  tells(): boolean {
    return true;
  }

  async write(bytes: Buffer, { isBurst }: Pick<SendStep, 'isBurst'> = {}): Promise<void> {
    this.#side.holdsOutput = isBurst ?? false;
    this.#feed(bytes, (piece) => this.#side.receive(piece));
    this.#side.holdsOutput = false;
    this.#side.flush();
  }

  async cut(): Promise<void> {
    this.#isCut = true;
  }

  async act(act: AppAct): Promise<void> {
    this.#side.act(act);
  }

  async nextFrame(): Promise<ReadFrame | Nothing> {
    return this.#reader.next() ?? { nothing: 'no frame' };
  }

  async nextEvent(): Promise<BenchEvent | Nothing> {
    return this.#events.shift() ?? { nothing: 'no event' };
  }

  async settle(): Promise<string> {
    const event = this.#events.shift();
    if (event) return showEvent(event);
    const frame = this.#reader.next();
    if (frame) return showFrame(frame);
    return this.#reader.rest.length > 0 ? `${this.#reader.rest.length} bytes of a frame` : '';
  }

  async end(step: EndStep): Promise<BenchEnd> {
    const { transport } = this.#side.protocol;
    // RFC 6455 7.1.1: a server ends TCP first, a client waits for it.
    const due = step.by === 'loss' ? 'keep' : this.role === 'server' ? 'end' : 'await-end';
    const isDue = transport === due && this.#isCut === (step.by === 'loss');
    return { ...this.#side.outcome(), transport: isDue ? 'in order' : `told to ${transport}` };
  }

  /** What came out, to the byte, and what was told, to the last letter: the same for each feed. */
  digest(): string {
    return `${this.#written.digest('hex')} ${this.#told.digest('hex')}`;
  }

  #onWrite(chunk: Uint8Array): void {
    this.#written.update(chunk);
    this.#reader.push(chunk);
  }

  #onEvent(event: ProtocolEvent): void {
    const told = toBenchEvent(event);
    this.#told.update(event.type === 'fault' ? event.error.message : told.type);
    if ('bytes' in told) this.#told.update(told.bytes);
    this.#events.push(told);
  }
}

function toBenchEvent(event: ProtocolEvent): BenchEvent {
  switch (event.type) {
    case 'message':
      return typeof event.data === 'string'
        ? { type: 'text', bytes: Buffer.from(event.data) }
        : { type: 'binary', bytes: bufferOf(event.data) };
    case 'ping':
    case 'pong':
      return { type: event.type, bytes: bufferOf(event.payload) };
    case 'close':
      return event;
    case 'fault':
      return { type: 'fault', error: event.error.code };
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
