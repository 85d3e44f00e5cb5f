import type { CloseOutcome, Connector, Link, LinkHandler, Outgoing } from '@holdfast/core/adapter';
import { hold } from '../engine/target.ts';

/** What a line tells of what the client does with it. */
export interface LineObserver {
  onDial(url: string): void;
  onHandOver(message: Outgoing, link: FakeLink, bufferedBefore: number): void;
  /** The line is asked for a sign of life. */
  onAsk(): void;
  /** What breaks where the client may catch it, for it takes what a line throws for a fault of the line. */
  onBreach(breach: unknown): void;
}

/** One dial, and the link that it became. A client may drop it; then it may still tell things, which count no more. */
export class FakeDial {
  readonly handler: LinkHandler;
  state: 'dialing' | 'open' | 'ended' | 'dropped' = 'dialing';
  link: FakeLink | undefined;

  constructor(handler: LinkHandler) {
    this.handler = handler;
  }

  get isAlive(): boolean {
    return this.state === 'dialing' || this.state === 'open';
  }

  open(link: FakeLink): void {
    this.state = 'open';
    this.link = link;
    this.handler.onOpen(link);
  }

  end(outcome: CloseOutcome): void {
    this.state = 'ended';
    this.handler.onEnd(outcome);
  }
}

/** A link that keeps what it is given in its buffer until the script drains it. */
export class FakeLink implements Link {
  readonly protocol: string;
  readonly extensions = '';
  readyState = 1;
  bufferedAmount = 0;
  isClosing = false;
  readonly #observer: LineObserver;
  ping?: () => void;

  constructor(protocol: string, observer: LineObserver, canPing: boolean) {
    this.protocol = protocol;
    this.#observer = observer;
    if (canPing) this.ping = () => observer.onAsk();
  }

  send(message: Outgoing): void {
    const before = this.bufferedAmount;
    this.bufferedAmount += typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength;
    watch(this.#observer, () => this.#observer.onHandOver(message, this, before));
  }

  close(): void {
    watch(this.#observer, () => hold(!this.isClosing, 'a link was closed twice'));
    this.isClosing = true;
    this.readyState = 2;
  }
}

/** A connector that leaves it to the script what becomes of each dial. */
export class FakeLine {
  readonly dials: FakeDial[] = [];
  readonly #observer: LineObserver;
  /** Whether the next dials throw at once. */
  isBroken = false;

  constructor(observer: LineObserver) {
    this.#observer = observer;
  }

  /** The dial or link that the client uses. */
  get current(): FakeDial | undefined {
    const last = this.dials.at(-1);
    return last?.isAlive ? last : undefined;
  }

  readonly connector: Connector = (url, _protocols, handler) => {
    watch(this.#observer, () => {
      hold(!this.dials.some(({ isAlive }) => isAlive), 'two dials at once');
      this.#observer.onDial(url);
    });
    if (this.isBroken) throw new TypeError('this connector is broken');
    const dial = new FakeDial(handler);
    this.dials.push(dial);
    return () => {
      if (dial.isAlive) dial.state = 'dropped';
    };
  };
}

function watch(observer: LineObserver, act: () => void): void {
  try {
    act();
  } catch (breach) {
    observer.onBreach(breach);
    throw breach;
  }
}
