import {
  type CloseOutcome,
  createTimer,
  type DropCause,
  HoldfastError,
  lost,
  type Message,
  type Outgoing,
  viewBytes,
} from '@holdfast/core/adapter';
import {
  DeliveryEnd,
  faultCloseCode,
  formatGreeting,
  type Greeting,
  Journal,
  type Kept,
  type Position,
} from '@holdfast/core/delivery';
import { platformClock } from '../../platform-clock.ts';
import type { ConnectionSendOptions } from '../connection.ts';
import type { ServerConnection } from '../server-connection.ts';
import type { ResolvedServerDelivery } from './options.ts';
import type { OpenedSession, StoredSession } from './session-store.ts';

/** What is kept with a message: what the app said of it, and its id in the store. */
interface Tag extends ConnectionSendOptions {
  readonly id?: number | undefined;
}

const plain: ConnectionSendOptions = { compress: false };

/** What a session goes on with: nothing, where it is new and in no store. */
export interface Opening extends Partial<OpenedSession> {
  /** Where its client stands. */
  readonly peer: Position;
}

/** What a session tells. */
export interface SessionHandler {
  onMessage(data: Message): void;
  /** Over a line, or over another one. */
  onOpen(line: ServerConnection): void;
  /** Something was acknowledged. */
  onRoom(): void;
  onLost(outcome: CloseOutcome): void;
  onAcknowledged(options: ConnectionSendOptions): void;
  onDropped(message: Message, cause: DropCause, options: ConnectionSendOptions): void;
  onError(error: HoldfastError): void;
  /** The session is over: nothing comes after it. */
  onEnd(outcome: CloseOutcome): void;
}

/** The server's end of one session: across the lines of its client, and with a store across processes. */
export class DeliverySession {
  readonly name: string;
  readonly resumed: boolean;
  /** What it was last heard over. */
  latestLine: ServerConnection;
  readonly #options: ResolvedServerDelivery;
  readonly #handler: SessionHandler;
  readonly #end: DeliveryEnd<Tag>;
  readonly #stored: StoredSession | undefined;
  readonly #journal: Journal | undefined;
  readonly #setTimer = createTimer(platformClock);
  readonly #setCloseTimer = createTimer(platformClock);
  #line: ServerConnection | undefined;
  /** How the app closes it, once all is acknowledged. */
  #closing: readonly [code: number, reason: string] | undefined;
  #isOver = false;
  /** The client has said that it will not come back. */
  #hasLeft = false;

  /** A session that begins, or goes on with what was `saved`, over a line that it is `open`ed on later. */
  constructor(
    name: string,
    line: ServerConnection,
    options: ResolvedServerDelivery,
    handler: SessionHandler,
    { stored, saved, peer }: Opening,
  ) {
    this.name = name;
    this.latestLine = line;
    this.resumed = saved !== undefined;
    this.#options = options;
    this.#handler = handler;
    this.#end = new DeliveryEnd<Tag>(
      { ...options.window, clock: platformClock, ackDelayMs: options.ackDelayMs },
      {
        onMessage: (data) => this.#onMessage(data),
        onAcknowledged: (kept) => this.#onAcknowledged(kept),
        onPong: () => {},
        onBye: () => {
          this.#hasLeft = true;
        },
      },
    );
    this.#stored = stored;
    if (!stored) return;
    this.#journal = new Journal(
      platformClock,
      (changes) => stored.write(changes),
      (cause) => this.#onStoreFailed(cause),
    );
    const ids = this.#journal.begin(saved);
    if (!saved) return;
    this.#end.restore(
      saved,
      saved.messages.map(([, message], index) => [{ id: ids[index] }, message] as const),
    );
    // Before the app asks how far the session has come.
    this.#end.learn(peer);
  }

  /** Whether another process can go on with it. */
  get isStored(): boolean {
    return this.#stored !== undefined;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether its client has ended it, though the line has not closed yet. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  get line(): ServerConnection | undefined {
    return this.#line;
  }

  get sent(): number {
    return this.#end.sent;
  }

  get received(): number {
    return this.#end.received;
  }

  get uncertain(): { readonly messages: number; readonly bytes: number } {
    return this.#end.uncertain;
  }

  /** What waits for a line or for room in the window, and what the line has not written yet. */
  get bufferedBytes(): number {
    return this.#end.waitingLength + (this.#line?.bufferedBytes ?? 0);
  }

  /** Goes on over this line, whose client stands at `peer`; one that it had before is closed. */
  open(line: ServerConnection, peer: Greeting): void {
    if (this.#isOver) return void line.close(1001, 'the session is over');
    // In a store, the note of what was sent or acknowledged last may be lost.
    if (!this.#stored && !isKept(line, () => this.#end.check(peer))) return this.#endIfAway();
    const before = this.#line;
    if (before) this.#handler.onLost(lost('session-taken', 'the client is here over another connection'));
    this.#line = this.latestLine = line;
    this.#end.detach();
    void before?.close(1008, 'the session goes on over another connection');
    this.#keep();
    // Before the greeting back: what the client has is kept no longer.
    this.#end.learn(peer);
    line.send(formatGreeting('welcome', { session: this.name, ...this.#end.position }));
    const send = (packet: Outgoing, tag?: Tag) => {
      if (typeof packet === 'string' && packet.startsWith('ack ')) this.#acknowledge(line, packet);
      else line.send(packet, tag?.compress === false ? plain : undefined);
    };
    this.#end.attach({ send }, peer);
    this.#handler.onOpen(line);
    this.#closeWhenSettled();
  }

  /** Calls this once all that was noted so far is in the store; at once where there is none. */
  whenSaved(act: () => void): void {
    if (this.#journal) void this.#journal.saved().then(act);
    else act();
  }

  /** Takes what arrived on a line; on one that it has no more, it counts no more. */
  receive(line: ServerConnection, data: Message): void {
    // Behind `bye` nothing counts either.
    if (line !== this.#line || this.#hasLeft) return;
    isKept(line, () => this.#end.receive(data));
  }

  /** A line has ended: waits for the next, if there can be one. */
  onLineEnded(line: ServerConnection, outcome: CloseOutcome): void {
    if (line !== this.#line) return;
    this.#line = undefined;
    this.#end.detach();
    if (this.#hasLeft || this.#closing) return this.end(outcome);
    this.#handler.onLost(outcome);
    this.waitFor(outcome);
  }

  /** Ends by this outcome, unless its client comes back in time. */
  waitFor(outcome: CloseOutcome): void {
    if (this.#isOver || this.#line) return;
    this.#keepStored();
    this.#setTimer(this.#options.resumeWithinMs, () => this.end(outcome));
  }

  send(message: Outgoing, options: ConnectionSendOptions): void {
    const id = this.#journal?.add(typeof message === 'string' ? message : viewBytes(message).slice());
    this.#end.send(message, id === undefined ? options : { ...options, id });
  }

  /** Closes when the client has acknowledged all, within the limit of the app; at once where it is away. */
  close(code: number, reason: string, limitMs: number): void {
    if (this.#closing || this.#isOver) return;
    this.#closing = [code, reason];
    if (!this.#line) return this.end({ code, reason, wasClean: true });
    this.#setCloseTimer(limitMs, () => {
      this.#line?.terminate();
      this.end(lost('close-timeout', `not acknowledged within ${limitMs} ms`));
    });
    this.#closeWhenSettled();
  }

  /** Gives the session up to another process: it stays in the store. Resolves when all is saved. */
  async leave(code: number, reason: string, limitMs: number): Promise<void> {
    const closed = this.#line?.close(code, reason);
    // A store that does not answer holds up nobody for ever.
    this.#setCloseTimer(limitMs, () => this.#journal?.end());
    await this.#journal?.saved();
    await closed;
    this.end({ code, reason, wasClean: true }, true);
  }

  /** The session is over; what it has not delivered is told, unless it stays in a store. */
  end(outcome: CloseOutcome, staysInStore = false): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#setTimer();
    this.#setCloseTimer();
    this.#line = undefined;
    const undelivered = this.#end.reset();
    this.#journal?.end();
    if (!staysInStore) {
      this.#stored?.remove().catch((cause: unknown) => this.#onStoreFailed(cause));
      for (const [message, tag] of undelivered) this.#handler.onDropped(message, 'unacknowledged', tag);
    }
    this.#handler.onEnd(outcome);
  }

  /** A client that knows of another past would come back with it; one that has a line is another one. */
  #endIfAway(): void {
    if (!this.#line) this.end(lost('packet-unexpected', 'the client stands where it cannot be'));
  }

  #onMessage(data: Message): void {
    const { received } = this.#end;
    this.#handler.onMessage(data);
    // Behind the listeners: what they had no time for comes again.
    this.#journal?.record({ received });
  }

  /** What is acknowledged, the client keeps no longer: where there is a store, it has to be noted there first. */
  #acknowledge(line: ServerConnection, packet: string): void {
    this.whenSaved(() => line === this.#line && line.send(packet));
  }

  #onAcknowledged(kept: readonly Kept<Tag>[]): void {
    this.#journal?.record({
      first: this.#end.position.first,
      remove: kept.map(({ tag }) => tag.id as number),
    });
    for (const { tag } of kept) this.#handler.onAcknowledged(tag);
    this.#handler.onRoom();
    this.#closeWhenSettled();
  }

  #closeWhenSettled(): void {
    if (!this.#closing || !this.#line || this.#end.unacknowledged > 0) return;
    const [code, reason] = this.#closing;
    this.#line.send('bye');
    void this.#line.close(code, reason);
  }

  /** A session with a line is kept, and kept again before that runs out. */
  #keep(): void {
    this.#keepStored();
    this.#setTimer(this.#stored && this.#options.resumeWithinMs / 2, () => this.#keep());
  }

  #keepStored(): void {
    this.#stored?.keep(this.#options.resumeWithinMs).catch((cause: unknown) => this.#onStoreFailed(cause));
  }

  #onStoreFailed(cause: unknown): void {
    const error =
      cause instanceof HoldfastError ? cause : new HoldfastError('store-failed', (cause as Error)?.message, { cause });
    if (error.code !== 'session-taken') return this.#handler.onError(error);
    void this.#line?.close(1008, 'the session goes on at another process');
    this.end({ code: 1006, reason: '', wasClean: false, error }, true);
  }
}

/** Whether a line goes on: it is closed where its client breaks a rule. */
function isKept(line: ServerConnection, act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    void line.close(faultCloseCode, error.code);
    return false;
  }
}
