import { abnormal } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import { encodeUtf8, type Message, type Outgoing, viewBytes } from '../message.ts';
import type { Link, LinkHandler } from '../session/link.ts';

/** What one end of a pair is told, as a Link's handler is, but for `onOpen`: a pair is open. */
export type LinkEndHandler = Omit<LinkHandler, 'onOpen'>;

/** A line in memory between two Links. All that it carries arrives in order, in a later turn of promises. */
export class LinkPair {
  readonly client: MemoryLink;
  readonly server: MemoryLink;
  #isStalled = false;
  readonly #onTheWay: (() => void)[] = [];

  constructor(client: LinkEndHandler, server: LinkEndHandler, protocol = '') {
    this.client = new MemoryLink(this, client, protocol, () => this.server);
    this.server = new MemoryLink(this, server, protocol, () => this.client);
  }

  /** The line goes silent both ways, and no end is told: a half-open connection. */
  stall(): void {
    this.#isStalled = true;
  }

  /** A silent line carries again, beginning with what it held. */
  unstall(): void {
    this.#isStalled = false;
    for (let held = this.#onTheWay.length; held > 0; held--) void Promise.resolve().then(() => this.#deliver());
  }

  /** The line breaks: both ends are told, and what was on its way is lost. */
  cut(error: HoldfastError = new HoldfastError('connection-lost', 'cut')): void {
    for (const end of [this.client, this.server]) end.end(abnormal(error));
  }

  /** Does a task at the far end, in order. */
  carry(task: () => void): void {
    this.#onTheWay.push(task);
    void Promise.resolve().then(() => this.#deliver());
  }

  #deliver(): void {
    if (!this.#isStalled) this.#onTheWay.shift()?.();
  }
}

/** One end of a LinkPair. */
export class MemoryLink implements Link {
  readonly protocol: string;
  bufferedAmount = 0;
  readonly #pair: LinkPair;
  readonly #handler: LinkEndHandler;
  readonly #other: () => MemoryLink;
  #state: 'open' | 'closing' | 'ended' = 'open';
  #isPaused = false;
  readonly #unread: (() => void)[] = [];

  constructor(pair: LinkPair, handler: LinkEndHandler, protocol: string, other: () => MemoryLink) {
    this.#pair = pair;
    this.#handler = handler;
    this.protocol = protocol;
    this.#other = other;
  }

  get readyState(): number {
    return this.#state === 'open' ? 1 : 2;
  }

  send(message: Outgoing): void {
    if (this.#state !== 'open') return;
    const data: Message = typeof message === 'string' ? message : viewBytes(message).slice();
    const bytes = typeof data === 'string' ? encodeUtf8(data).length : data.length;
    this.bufferedAmount += bytes;
    this.#pair.carry(() => {
      this.bufferedAmount -= bytes;
      this.#tell(() => this.#handler.onDrain());
      this.#other().#arrive((handler) => handler.onMessage(data));
    });
  }

  ping(): void {
    this.#pair.carry(() => this.#other().#arrive(() => this.#pair.carry(() => this.#arrive((it) => it.onPong()))));
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
    this.#pair.carry(() => this.#other().#receiveClose(code, reason));
  }

  /** Drops this end without a word to its own handler; the other end is told as of a cut line. */
  abandon(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#pair.carry(() => this.#other().end(abnormal(new HoldfastError('connection-lost', 'the peer is gone'))));
  }

  /** Ends this end, once. */
  end(outcome: Parameters<LinkEndHandler['onEnd']>[0]): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#handler.onEnd(outcome);
  }

  #receiveClose(code: number, reason: string): void {
    if (this.#state === 'ended') return;
    const echo = this.#state === 'open';
    this.#state = 'closing';
    if (echo) this.#pair.carry(() => this.#other().#receiveClose(code, reason));
    this.end({ code, reason, wasClean: true });
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
