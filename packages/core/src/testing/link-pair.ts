import { abnormal, type CloseOutcome } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import { encodeUtf8, type Message, type Outgoing, viewBytes } from '../message.ts';
import type { Link, LinkHandler } from '../session/link.ts';
import { FakeClock } from './fake-clock.ts';
import { Lane, type Pace } from './lane.ts';

/** What one end of a pair is told, as a Link's handler is, but for `onOpen`: a pair is open. */
export type LinkEndHandler = Omit<LinkHandler, 'onOpen'>;

/** An end of a line. A fault in one direction names the side whose bytes it befalls. */
export type Side = 'client' | 'server';

const bothSides: readonly Side[] = ['client', 'server'];

/**
 * A line in memory between two Links. All that it carries arrives in order, in a later turn of promises; where it is
 * slow, by the clock.
 */
export class LinkPair {
  readonly client: MemoryLink;
  readonly server: MemoryLink;
  readonly #lanes: Readonly<Record<Side, Lane>>;

  constructor(client: LinkEndHandler, server: LinkEndHandler, protocol = '', clock: Clock = new FakeClock()) {
    const onBroken = () => this.cut();
    this.#lanes = { client: new Lane(clock, onBroken), server: new Lane(clock, onBroken) };
    this.client = new MemoryLink(this.#lanes.client, this.#lanes.server, client, protocol, () => this.server);
    this.server = new MemoryLink(this.#lanes.server, this.#lanes.client, server, protocol, () => this.client);
  }

  /** What this side sends, or what both send, no longer arrives, and no end is told: the line looks open. */
  stall(from?: Side): void {
    for (const lane of this.#lanesOf(from)) lane.stall(true);
  }

  /** A silent line carries again, beginning with what it held. */
  unstall(): void {
    for (const lane of this.#lanesOf()) lane.stall(false);
  }

  /** The line breaks: both ends are told, and what was on its way is lost. */
  cut(error: HoldfastError = new HoldfastError('connection-lost', 'cut')): void {
    for (const end of [this.client, this.server]) end.end(abnormal(error));
  }

  /** The line breaks once this many bytes of payload of this side have arrived; the message that goes over them is lost. */
  cutAfter(bytes: number, from: Side): void {
    this.#lanes[from].cutAfter(bytes);
  }

  /** What this side sends, or what both send, takes its time; `{}` ends that. */
  slow(pace: Pace, from?: Side): void {
    for (const lane of this.#lanesOf(from)) lane.slow(pace);
  }

  /** The next message that this side sends arrives twice. */
  duplicateNext(from: Side): void {
    this[from].duplicateNext();
  }

  #lanesOf(from?: Side): Lane[] {
    return bothSides.filter((side) => !from || side === from).map((side) => this.#lanes[side]);
  }
}

/** One end of a LinkPair. */
export class MemoryLink implements Link {
  readonly protocol: string;
  readonly extensions = '';
  readonly #out: Lane;
  readonly #in: Lane;
  readonly #handler: LinkEndHandler;
  readonly #other: () => MemoryLink;
  #state: 'open' | 'closing' | 'ended' = 'open';
  #isPaused = false;
  #copies = 0;
  readonly #unread: (() => void)[] = [];

  constructor(out: Lane, back: Lane, handler: LinkEndHandler, protocol: string, other: () => MemoryLink) {
    this.#out = out;
    this.#in = back;
    this.#handler = handler;
    this.protocol = protocol;
    this.#other = other;
  }

  get readyState(): number {
    return this.#state === 'open' ? 1 : 2;
  }

  get bufferedAmount(): number {
    return this.#out.waitingBytes;
  }

  send(message: Outgoing): void {
    if (this.#state !== 'open') return;
    const data: Message = typeof message === 'string' ? message : viewBytes(message).slice();
    const onArrive = () => this.#other().#arrive((handler) => handler.onMessage(data));
    this.#out.carry({
      bytes: typeof data === 'string' ? encodeUtf8(data).length : data.length,
      onTaken: () => this.#tell(() => this.#handler.onDrain()),
      onPart: () => this.#other().#arrive(() => {}),
      onArrive,
    });
    // The line made them, not the sender: they count for nothing.
    for (; this.#copies > 0; this.#copies--) this.#carry(onArrive);
  }

  ping(): void {
    this.#carry(() => this.#other().#arrive(() => this.#other().#carry(() => this.#arrive((it) => it.onPong()))));
  }

  /** The next message arrives once more. */
  duplicateNext(): void {
    this.#copies++;
  }

  /** Leaves what arrives unread, or reads on. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    while (!this.#isPaused && this.#unread[0]) this.#unread.shift()?.();
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.pause(false);
    this.#carry(() => this.#other().#receiveClose(code, reason));
  }

  /** Drops this end without a word to its own handler; the other end is told as of a cut line. */
  abandon(): void {
    if (this.#state === 'ended') return;
    this.#carry(() => this.#other().end(abnormal(new HoldfastError('connection-lost', 'the peer is gone'))));
    this.#leave();
  }

  /** Ends this end, once. */
  end(outcome: CloseOutcome): void {
    if (this.#state === 'ended') return;
    this.#leave();
    this.#handler.onEnd(outcome);
  }

  #leave(): void {
    this.#state = 'ended';
    this.#in.clear();
    this.#out.hurry();
  }

  #receiveClose(code: number, reason: string): void {
    if (this.#state === 'ended') return;
    const echo = this.#state === 'open';
    this.#state = 'closing';
    if (echo) this.#carry(() => this.#other().#receiveClose(code, reason));
    this.end({ code, reason, wasClean: true });
  }

  /** What has no payload. */
  #carry(onArrive: () => void): void {
    this.#out.carry({ bytes: 0, onArrive });
  }

  /** What comes is read at once, or when this end reads again. */
  #arrive(read: (handler: LinkEndHandler) => void): void {
    const task = () =>
      this.#tell(() => {
        this.#handler.onHeard();
        read(this.#handler);
      });
    if (this.#isPaused) this.#unread.push(task);
    else task();
  }

  #tell(task: () => void): void {
    if (this.#state !== 'ended') task();
  }
}

/** A handler that does nothing, to be spread under what a test wants to hear. */
export const silentHandler: LinkEndHandler = {
  onHeard() {},
  onMessage() {},
  onPong() {},
  onDrain() {},
  onEnd() {},
};
