import {
  abnormal,
  type CloseOutcome,
  HoldfastError,
  type HoldfastErrorCode,
  type Link,
  type LinkHandler,
  lost,
  type Message,
} from '@holdfast/core/adapter';
import { nodeConnector } from '../node-connector.ts';
import type { ResolvedNodeOptions } from '../options.ts';
import { platformClock } from '../platform-clock.ts';
import { byteLengthOf, type OutgoingData } from './outgoing-data.ts';
import { SendQueue } from './send-queue.ts';
import { TaskQueue } from './task-queue.ts';

/** Where to dial, and how. */
export interface ChannelTarget {
  /** An absolute ws: or wss: URL. */
  readonly url: string;
  readonly protocols: readonly string[];
  readonly options: ResolvedNodeOptions<unknown, unknown>;
}

/** What a Channel tells, each in a task of its own: `onOpen` at most once and first, `onEnd` once and last. */
export interface ChannelHandler {
  onOpen(protocol: string, extensions: string): void;
  onMessage(data: Message): void;
  /** `hasFailed`: somebody gave the connection up, or it never was. */
  onEnd(outcome: CloseOutcome, hasFailed: boolean): void;
}

/** What our close frame will say; 1005 for nothing. */
interface DueClose {
  readonly code: number;
  readonly reason: string;
}

type ChannelState =
  | { readonly name: 'dialing' }
  | { readonly name: 'open'; readonly link: Link }
  /** Our close frame is out, or waits for what was sent before it. */
  | { readonly name: 'closing'; readonly link: Link; readonly due: DueClose }
  | { readonly name: 'ended' };

/**
 * The ends of an open connection that are no failure. By RFC 6455 7.2.1 a lost one is, but no browser tells of an error
 * there, and there are libraries that come back after a `close` only.
 */
const quietEnds: readonly (HoldfastErrorCode | undefined)[] = ['connection-lost', 'close-timeout'];

/** One dial, and the link that it becomes, as the standard wants them told: in tasks, and with nothing of a session. */
export class Channel {
  readonly #handler: ChannelHandler;
  readonly #closeTimeoutMs: number;
  readonly #tasks = new TaskQueue();
  readonly #sends: SendQueue;
  #state: ChannelState = { name: 'dialing' };
  #abandon = () => {};
  #cancelTimer: () => void;
  /** What was sent and will not be transmitted any more. */
  #lostBytes = 0;

  constructor({ url, protocols, options }: ChannelTarget, handler: ChannelHandler) {
    const { connectTimeoutMs, closeTimeoutMs } = options;
    this.#handler = handler;
    this.#closeTimeoutMs = closeTimeoutMs;
    this.#sends = new SendQueue({
      deliver: (message) => this.#deliver(message),
      onIdle: () => this.#closeIfDue(),
      onFail: (cause) => this.#drop(lost('invalid-message', 'a Blob could not be read', cause)),
    });
    this.#cancelTimer = platformClock.after(connectTimeoutMs, () => {
      this.#drop(lost('connect-timeout', `${connectTimeoutMs} ms`));
    });
    try {
      this.#abandon = nodeConnector(options)(url, protocols, this.#hear());
    } catch (cause) {
      this.#end(cause instanceof HoldfastError ? abnormal(cause) : lost('dial-failed', '', cause));
    }
  }

  /** Whether the peer has begun to close, and all that it sent before was told. */
  get isPeerClosing(): boolean {
    return this.#state.name === 'open' && this.#tasks.isEmpty && this.#state.link.readyState !== 1;
  }

  /** What was sent and not given to the network, in bytes of payload; once ended, it never falls. */
  get bufferedAmount(): number {
    return this.#lostBytes + this.#sends.bytes + (this.#link?.bufferedAmount ?? 0);
  }

  /** Sends a message, or counts what it would have been, where nothing can be sent any more. */
  send(data: OutgoingData): void {
    if (this.#state.name === 'open') this.#sends.add(data);
    else this.#lostBytes += byteLengthOf(data);
  }

  /** Closes an open link once all that was sent is handed over; a dial fails. */
  close(due: DueClose): void {
    switch (this.#state.name) {
      case 'dialing':
        return this.#drop(lost('aborted', 'closed before the connection was established'));
      case 'open':
        this.#state = { name: 'closing', link: this.#state.link, due };
        this.#limitClosing();
        if (this.#sends.isIdle) this.#closeIfDue();
        return undefined;
      case 'closing':
      case 'ended':
        return undefined;
    }
  }

  get #link(): Link | undefined {
    return 'link' in this.#state ? this.#state.link : undefined;
  }

  #hear(): LinkHandler {
    return {
      onOpen: (link) => {
        this.#cancelTimer();
        this.#state = { name: 'open', link };
        this.#tasks.add(() => this.#handler.onOpen(link.protocol, link.extensions));
      },
      onMessage: (data) => this.#tasks.add(() => this.#handler.onMessage(data)),
      onHeard() {},
      onPong() {},
      onDrain: () => {
        // Who still takes what was sent before the close frame is given time to.
        if (this.#state.name === 'closing') this.#limitClosing();
      },
      onEnd: (outcome) => this.#end(outcome),
    };
  }

  #deliver(message: string | Uint8Array): void {
    const link = this.#link;
    if (link?.readyState === 1) link.send(message);
    else this.#lostBytes += byteLengthOf(message);
  }

  #closeIfDue(): void {
    if (this.#state.name !== 'closing') return;
    const { link, due } = this.#state;
    link.close(due.code, due.reason);
  }

  #limitClosing(): void {
    this.#cancelTimer();
    this.#cancelTimer = platformClock.after(this.#closeTimeoutMs, () => {
      this.#drop(lost('close-timeout', `${this.#closeTimeoutMs} ms`));
    });
  }

  /** Lets go of the dial or the link, which tells nothing more. */
  #drop(outcome: CloseOutcome): void {
    this.#end(outcome);
    this.#abandon();
  }

  #end(outcome: CloseOutcome): void {
    // A dial that was let go may still tell that it failed.
    if (this.#state.name === 'ended') return;
    this.#cancelTimer();
    this.#sends.stop();
    this.#lostBytes += this.#link?.bufferedAmount ?? 0;
    const isQuiet = outcome.wasClean || (this.#state.name !== 'dialing' && quietEnds.includes(outcome.error?.code));
    this.#state = { name: 'ended' };
    this.#tasks.add(() => this.#handler.onEnd(outcome, !isQuiet));
  }
}
