import type {
  ClientEvent,
  ClientState,
  CloseOutcome,
  DropCause,
  Outgoing,
  ResolvedOptions,
  SendOptions,
} from '@holdfast/core/adapter';
import { checkKind, hold, holdSame } from '../engine/target.ts';
import type { FakeLink, LineObserver } from './session-line.ts';
import { budgetMs, probeMessage } from './session-options.ts';

/** A message that the client has taken, and what became of it. */
interface Sent {
  readonly bytes: number;
  readonly options: SendOptions;
  readonly atMs: number;
  /** The message within whose `send` this one was sent, by a listener: of these two either may go first. */
  readonly within: number | undefined;
  fate: 'waits' | 'handed over' | 'dropped';
}

/** What may follow what, of the events that tell of a connection. */
const successors: Readonly<Record<string, readonly string[]>> = {
  start: ['connecting', 'disconnected', 'closed'],
  connecting: ['open', 'disconnected'],
  open: ['disconnected'],
  disconnected: ['connecting', 'waiting', 'closed', 'disconnected'],
  waiting: ['connecting', 'disconnected', 'closed'],
  closed: [],
};

/** In which states a client may be, once all is told, by the last event. */
const statesAfter: Readonly<Record<string, readonly ClientState['name'][]>> = {
  // It closes while it dials where messages wait for that link.
  start: ['connecting', 'closing'],
  connecting: ['connecting', 'closing'],
  open: ['open', 'closing'],
  disconnected: ['connecting', 'closing'],
  waiting: ['waiting', 'connecting', 'closing'],
  closed: ['closed'],
};

/** What the client told and did so far, held against what it promises. */
export class SessionModel implements LineObserver {
  readonly #options: ResolvedOptions<unknown, Outgoing>;
  readonly #now: () => number;
  readonly #sent: Sent[] = [];
  #lastHandedOver = -1;
  #phase = 'start';
  #willReconnect = true;
  #isEnding = false;
  #expectedAttempt = 1;
  #outcome: CloseOutcome | undefined;
  /** What was handed to this link behind the last question that was answered, and up to the one that is not. */
  #unread = { messages: 0, bytes: 0 };
  #asked = { messages: 0, bytes: 0 };
  /** The wait for the next dial, unless the app asked to dial now. */
  #waitingUntilMs = 0;
  readonly told: unknown[] = [];
  /** What has broken where nobody could be told. */
  breach: unknown;
  eventCount = 0;
  readonly labels = new Set<string>();

  readonly #stateOf: () => ClientState['name'];

  constructor(options: ResolvedOptions<unknown, Outgoing>, now: () => number, stateOf: () => ClientState['name']) {
    this.#options = options;
    this.#now = now;
    this.#stateOf = stateOf;
  }

  get isClosed(): boolean {
    return this.#phase === 'closed';
  }

  /** The app, or the platform, asks to dial now. */
  nudge(): void {
    this.#waitingUntilMs = 0;
  }

  /** The app ends it all. */
  end(): void {
    this.#isEnding = true;
  }

  onDial(url: string): void {
    hold(/^wss?:/.test(url), () => `dialed ${url}`);
    holdSame(this.#phase, 'connecting', 'the last event when a dial begins');
  }

  /** Begins a send: makes its message by its number. `within` is the send that is under way. */
  begin(
    make: (id: number) => string | Uint8Array,
    within: number | undefined,
    options: SendOptions,
  ): readonly [number, string | Uint8Array] {
    const id = this.#sent.length;
    const message = make(id);
    this.#sent.push({ bytes: message.length, within, options, atMs: this.#now(), fate: 'waits' });
    return [id, message];
  }

  /** The send threw: the message is the app's again. */
  refuse(id: number): void {
    holdSame(this.#sent[id]?.fate, 'waits', `fate of message ${id}, whose send threw`);
    this.#set(id, 'dropped');
  }

  /** The send answered. */
  accept(id: number, answer: 'sent' | 'queued'): void {
    if (answer === 'sent') holdSame(this.#sent[id]?.fate, 'handed over', `fate of message ${id}, which was sent`);
    this.labels.add(`send: ${answer}`);
  }

  onBreach(breach: unknown): void {
    this.breach ??= breach;
  }

  onAsk(): void {
    this.#asked = { ...this.#unread };
  }

  onHandOver(message: Outgoing, link: FakeLink, bufferedBefore: number): void {
    const id = numberOf(message);
    if (id === undefined) {
      hold(message === probeMessage, 'a message that nobody sent');
      return this.onAsk();
    }
    holdSame(link.readyState, 1, 'readyState of a link that is given a message');
    const mark = this.#options.highWaterMark;
    hold(bufferedBefore <= mark, () => `a link that holds ${bufferedBefore} bytes, over ${mark}, is given more`);
    holdSame(this.#sent[id]?.fate, 'waits', `fate of message ${id} when it is handed over`);
    hold(this.#mayFollow(id), () => `message ${id} is handed over after ${this.#lastHandedOver}`);
    this.#lastHandedOver = id;
    this.#set(id, 'handed over');
    this.#unread.messages++;
    this.#unread.bytes += (this.#sent[id] as Sent).bytes;
  }

  onEvent(event: ClientEvent): void {
    hold(!this.isClosed, () => `${event.type} after closed`);
    this.eventCount++;
    this.labels.add(event.type);
    switch (event.type) {
      case 'message':
        return void this.told.push(event.data);
      case 'latency':
        this.#unread.messages -= this.#asked.messages;
        this.#unread.bytes -= this.#asked.bytes;
        return hold(event.rttMs >= 0, () => `a latency of ${event.rttMs} ms`);
      case 'dropped':
        return this.#drop(event.message, event.cause);
      case 'error':
        this.labels.add(event.error.code);
        return checkKind(event.error);
      case 'drain':
        return undefined;
      case 'connecting':
      case 'open':
      case 'waiting':
      case 'disconnected':
      case 'closed':
        return this.#onPhase(event);
    }
  }

  /** Holds what can be seen of a client, once all that happened is told. */
  checkRest({ name }: ClientState, bufferedBytes: number, linkBytes: number): void {
    const may = statesAfter[this.#phase] ?? [];
    hold(may.includes(name), () => `state ${name} after the event ${this.#phase}`);
    const { waiting } = this;
    const { maxMessages = 0, maxBytes = 0 } = this.#options.outbox;
    const bytes = waiting.reduce((sum, message) => sum + message.bytes, 0);
    hold(waiting.length <= maxMessages && bytes <= maxBytes, () => `${waiting.length} messages, ${bytes} bytes wait`);
    holdSame(bufferedBytes, bytes + linkBytes, 'bufferedBytes');
    if (this.isClosed) holdSame(waiting.length, 0, 'messages without a fate after closed');
    for (const { options } of waiting) hold(!options.signal?.aborted, 'a message waits whose signal is aborted');
    for (const { options, atMs } of waiting) {
      hold(this.#now() <= atMs + (options.ttlMs ?? Infinity), 'a message waits beyond its time to live');
    }
    const keys = waiting.flatMap(({ options }) => options.key ?? []);
    holdSame(new Set(keys).size, keys.length, 'keys of the messages that wait');
  }

  /** What was sent and has no fate yet. */
  get waiting(): readonly Pick<Sent, 'bytes' | 'options' | 'atMs'>[] {
    return this.#sent.filter(({ fate }) => fate === 'waits');
  }

  #onPhase(event: Extract<ClientEvent, { type: 'connecting' | 'open' | 'waiting' | 'disconnected' | 'closed' }>): void {
    const { type } = event;
    hold(successors[this.#phase]?.includes(type) === true, () => `${type} after ${this.#phase}`);
    // An app that ends it all meanwhile is not told again what became of the link.
    if (this.#phase === 'disconnected' && !this.#isEnding)
      holdSame(type === 'closed', !this.#willReconnect, 'closed after willReconnect');
    this.#phase = type;
    switch (type) {
      case 'connecting':
        holdSame(event.attempt, this.#expectedAttempt, 'attempt');
        return hold(this.#now() >= this.#waitingUntilMs, 'dialed before the wait was over');
      case 'open':
        return holdSame(event.attempt, this.#expectedAttempt, 'attempt of the link');
      case 'waiting':
        return this.#checkWait(event.attempt, event.delayMs);
      case 'disconnected':
        this.#willReconnect = event.willReconnect;
        // Where the app has asked for another link.
        this.#expectedAttempt = 1;
        this.#outcome = event;
        this.labels.add(`disconnected by ${event.error?.code ?? event.code}`);
        return this.#checkUncertain(event.uncertain);
      case 'closed':
        return void this.labels.add(`closed by ${event.error?.code ?? event.code}`);
    }
  }

  #checkWait(attempt: number, delayMs: number): void {
    const { minDelayMs = 0, maxDelayMs = 0, maxAttempts = 0 } = this.#options.reconnect;
    hold(attempt >= 1 && attempt <= maxAttempts, () => `attempt ${attempt} of ${maxAttempts}`);
    const { code, error } = this.#outcome as CloseOutcome;
    const isBusy = code === 1012 || code === 1013;
    const [shortestMs, longestMs] = isBusy ? [5_000, 30_000] : [minDelayMs, minDelayMs * 2 ** Math.max(1, attempt - 1)];
    const leastMs = Math.max(error?.retryAfterMs ?? 0, this.#options.reconnect.budget ? budgetMs : 0);
    const mayMs = (ms: number) => Math.max(leastMs, Math.min(maxDelayMs, ms));
    hold(
      delayMs >= mayMs(shortestMs) && delayMs <= mayMs(longestMs),
      () => `a delay of ${delayMs} ms before attempt ${attempt}, after ${error?.code ?? code}`,
    );
    this.#expectedAttempt = attempt;
    // A listener of the event before may have ended the wait already.
    if (this.#stateOf() === 'waiting') this.#waitingUntilMs = this.#now() + delayMs;
  }

  #drop(message: Outgoing, cause: DropCause): void {
    const id = numberOf(message) ?? -1;
    const sent = this.#sent[id] as Sent;
    holdSame(sent?.fate, 'waits', `fate of message ${id} when it is dropped`);
    hold(this.#mayDrop(sent, cause), () => `message ${id} is dropped as ${cause}`);
    this.labels.add(`dropped: ${cause}`);
    this.#set(id, 'dropped');
  }

  #mayDrop({ options: { ttlMs, key, signal }, atMs }: Sent, cause: DropCause): boolean {
    switch (cause) {
      case 'queue-full':
        return this.#options.outbox.whenFull !== 'throw';
      case 'expired':
        return this.#now() >= atMs + (ttlMs ?? Infinity);
      case 'replaced':
        return key !== undefined && this.#sent.filter((other) => other.options.key === key).length > 1;
      case 'aborted':
        return signal?.aborted === true;
      case 'closed':
        return this.#stateOf() === 'closed';
      case 'unacknowledged':
        // Without delivery nothing is acknowledged.
        return false;
    }
  }

  /** What is uncertain is what may be unread: all that was handed over behind the last question that was answered. */
  #checkUncertain({ messages, bytes }: { readonly messages: number; readonly bytes: number }): void {
    holdSame(messages, this.#unread.messages, 'messages that are uncertain');
    holdSame(bytes, this.#unread.bytes, 'bytes that are uncertain');
    this.#unread = { messages: 0, bytes: 0 };
    this.#asked = { messages: 0, bytes: 0 };
  }

  #mayFollow(id: number): boolean {
    if (id > this.#lastHandedOver) return true;
    for (let at = this.#sent[this.#lastHandedOver]; at?.within !== undefined; at = this.#sent[at.within]) {
      if (at.within === id) return true;
    }
    return false;
  }

  #set(id: number, fate: Sent['fate']): void {
    (this.#sent[id] as Sent).fate = fate;
  }
}

/** A message that tells its number: text, or bytes. */
export function numbered(id: number, isText: boolean, padding: number): string | Uint8Array {
  if (isText) return `m${id}:${'.'.repeat(padding)}`;
  return Uint8Array.of(id >> 8, id & 0xff, ...new Uint8Array(padding));
}

function numberOf(message: Outgoing): number | undefined {
  if (typeof message === 'string') return message.startsWith('m') ? Number.parseInt(message.slice(1), 10) : undefined;
  const bytes = message as Uint8Array;
  return (bytes[0] as number) * 256 + (bytes[1] as number);
}
