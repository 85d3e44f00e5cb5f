import { createTimer, type Timer } from '../clock.ts';
import { failOn, HoldfastError } from '../errors.ts';
import type { Uncertain } from '../events/client-event.ts';
import { type Message, type Outgoing, viewBytes } from '../message.ts';
import type { LayerParts } from '../session/layer.ts';
import type { Outbox, SendOptions } from '../session/outbox.ts';
import { DeliveryEnd, type DeliveryLine } from './delivery-end.ts';
import { Journal } from './journal.ts';
import type { ResolvedDeliveryOptions } from './options.ts';
import type { Greeting, Position } from './packet.ts';
import type { Kept } from './resend-window.ts';
import type { DeliveryStore } from './store.ts';

/** What is kept with a message: what the app said of it, and its id in the store. */
interface Tag extends SendOptions {
  readonly id?: number;
}

/** The link of a session as it is now. */
export interface SessionLine extends DeliveryLine<SendOptions> {
  onMessage(data: Message): void;
  onPong(): void;
  /** The window has room again. */
  onRoom(): void;
  /** The server has ended the session, and does not close. */
  onSilence(): void;
}

/** How long a server may take from `bye` to its close frame. */
const byeLimitMs = 5_000;

/** Two clients would write over each other's notes. */
const storesInUse = new WeakSet<DeliveryStore>();

/** The session of one client, across its links, and with a store across its page or process too. */
export class ClientSession<Out extends Outgoing> {
  readonly #parts: LayerParts<Out>;
  readonly #end: DeliveryEnd<Tag>;
  readonly #store: DeliveryStore | undefined;
  readonly #journal: Journal | undefined;
  /** '' for none. */
  #name = '';
  #loading: Promise<void> | undefined;
  #line: SessionLine | undefined;
  readonly #setByeTimer: Timer;

  /** Throws `invalid-option` for a store that another client has. */
  constructor(parts: LayerParts<Out>, options: ResolvedDeliveryOptions) {
    const { ackDelayMs, store } = options;
    this.#parts = parts;
    this.#end = new DeliveryEnd(
      { ...options.window, clock: parts.platform, ackDelayMs },
      {
        onMessage: (data) => this.#onMessage(data),
        onAcknowledged: (kept) => this.#onAcknowledged(kept),
        onPong: () => this.#line?.onPong(),
        onBye: () => this.#onBye(),
      },
    );
    this.#store = store;
    this.#setByeTimer = createTimer(parts.platform);
    if (!store) return;
    if (storesInUse.has(store)) failOn('invalid-option', 'delivery.store of another client', 'one for each');
    storesInUse.add(store);
    const write = store.write.bind(store);
    this.#journal = new Journal(parts.platform, write, (cause) => this.#tell(cause));
    // At once: what is sent without a network is to be saved too.
    this.load().catch((cause: unknown) => this.#tell(cause));
  }

  /** Reads what was saved, once, and asks whether that is still so. Rejects as the store does, and may then be tried again. */
  async load(): Promise<void> {
    this.#loading ??= this.#restore().catch((cause: unknown) => {
      this.#loading = undefined;
      throw cause;
    });
    await this.#loading;
    await this.#store?.confirm?.();
  }

  /** What to greet the server with. */
  get greeting(): Greeting {
    return { session: this.#name || undefined, ...this.#end.position };
  }

  /** Whether the platform's links can ask for a sign of life by themselves. */
  get canPing(): boolean {
    return this.#parts.platform.canPing ?? false;
  }

  get hasRoom(): boolean {
    return this.#end.hasRoom;
  }

  /** Whether the server has acknowledged all. */
  get isSettled(): boolean {
    return this.#end.unacknowledged === 0;
  }

  get uncertain(): Uncertain {
    return this.#end.uncertain;
  }

  /**
   * Whether the server's answer to the greeting goes on with the session; else it begins another, by `begin`. Throws
   * `packet-unexpected`, and `acknowledged-unsent` or `message-missing` where the session is then over.
   */
  isResumedBy({ session, received, first }: Greeting): boolean {
    if (!session) throw new HoldfastError('packet-unexpected', 'a welcome without a session');
    if (session === this.#name) {
      // With a store, the note of what was sent or acknowledged last may be lost.
      if (!this.#store) this.#checkPeer({ received, first });
      return true;
    }
    if (received !== 0 || first !== 1) throw new HoldfastError('packet-unexpected', 'a new session with messages');
    return false;
  }

  /** Begins a new session by that name: answers what tells the app of the messages that went with the old one. */
  async begin(name: string): Promise<() => void> {
    // What was never sent in a session is sent in this one.
    const tellDropped = this.#name ? this.#abandonSession() : () => {};
    this.#name = name;
    this.#journal?.record({ session: name, first: 1, received: 0 });
    // Else a page that is gone soon would send again, in a session of its own, what this one has sent.
    await this.#journal?.saved();
    return tellDropped;
  }

  /** Goes on over this line. */
  attach(line: SessionLine, peer: Greeting): void {
    this.#line = line;
    this.#end.attach(line, peer);
  }

  /** The link is lost. */
  detach(): void {
    this.#setByeTimer();
    this.#line = undefined;
    this.#end.detach();
  }

  send(message: Outgoing, how: Tag): void {
    const id = how.id ?? this.#save(message);
    this.#end.send(message, id === undefined ? how : { ...how, id });
  }

  /** Takes what arrived. Throws as `DeliveryEnd.receive` does. */
  receive(data: Message): void {
    this.#end.receive(data);
  }

  /** The outbox of the client, of which the store knows, and which at the end gives up what was not acknowledged too. */
  wrap([enqueue, flush, clear, queuedBytes]: Outbox<Out>): Outbox<Out> {
    return [
      this.#journal ? (message, how) => this.#enqueueSaved(enqueue, message, how) : enqueue,
      flush,
      (cause) => {
        this.#abandonSession()();
        clear(cause);
        this.#close();
      },
      queuedBytes,
    ];
  }

  /** What waits in the outbox is saved as long as it waits, or until it is acknowledged. */
  #enqueueSaved(enqueue: Outbox<Out>[0], message: Out, how: SendOptions): void {
    let id: number | undefined;
    let isDropped = false;
    const saved = {
      ...how,
      receipt: (cause?: Parameters<NonNullable<SendOptions['receipt']>>[0]) => {
        isDropped = true;
        if (cause !== undefined && id !== undefined) this.#journal?.record({ remove: [id] });
        how.receipt?.(cause);
      },
      get id() {
        return id;
      },
    };
    enqueue(message, saved);
    if (!isDropped) id = this.#save(message);
  }

  #save(message: Outgoing): number | undefined {
    return this.#journal?.add(typeof message === 'string' ? message : viewBytes(message).slice());
  }

  #onMessage(data: Message): void {
    const { received } = this.#end;
    this.#line?.onMessage(data);
    // Behind the listeners: what they had no time for comes again.
    this.#journal?.record({ received });
  }

  #onAcknowledged(kept: readonly Kept<Tag>[]): void {
    this.#noteGone(kept.map(({ tag }) => tag));
    for (const { tag } of kept) if (tag.receipt) this.#parts.guard('receipt', tag.receipt);
    this.#line?.onRoom();
  }

  /** The server has ended the session, and is to close. */
  #onBye(): void {
    this.#startAnew();
    const line = this.#line;
    this.#setByeTimer(byeLimitMs, () => line?.onSilence());
  }

  /** A server that stands where it cannot be would stand there again at the next link. */
  #checkPeer(peer: Position): void {
    try {
      this.#end.check(peer);
    } catch (error) {
      this.#startAnew();
      throw error;
    }
  }

  /** The session is over; the next link begins another. */
  #startAnew(): void {
    this.#abandonSession()();
    this.#name = '';
    this.#journal?.record({ session: '', first: 1, received: 0 });
  }

  /** Answers what tells the app. */
  #abandonSession(): () => void {
    const abandoned = this.#end.reset();
    this.#noteGone(abandoned.map(([, tag]) => tag));
    return () => {
      for (const [message, tag] of abandoned) this.#parts.giveUp(message as Outgoing as Out, 'unacknowledged', tag);
    };
  }

  #noteGone(tags: readonly Tag[]): void {
    if (!this.#journal) return;
    const ids = tags.map(({ id }) => id).filter((id) => id !== undefined);
    this.#journal.record({ first: this.#end.position.first, remove: ids });
  }

  async #restore(): Promise<void> {
    const store = this.#store;
    const journal = this.#journal;
    if (!store || !journal) return;
    const saved = await store.open(() => journal.unsaved());
    const ids = journal.begin(saved);
    if (!saved) return;
    this.#name = saved.session;
    this.#end.restore(
      saved,
      saved.messages.map(([, message], index) => [{ id: ids[index] as number }, message] as const),
    );
  }

  /** The client is closed: there is nothing to come back for. */
  #close(): void {
    const store = this.#store;
    if (!store) return;
    this.#journal?.end();
    const letGo = () => {
      store.close();
      storesInUse.delete(store);
    };
    void store.clear().then(letGo, letGo);
  }

  #tell(cause: unknown): void {
    this.#parts.emit({ type: 'error', error: storeError(cause) });
  }
}

/** What a store said, as an error of ours. */
export function storeError(cause: unknown): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  return new HoldfastError('store-failed', cause instanceof Error ? cause.message : String(cause), { cause });
}
