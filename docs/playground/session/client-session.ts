import {
  type Client,
  type ClientEvent,
  type ConnectOptions,
  connect,
  type DisconnectedEvent,
  type Message,
} from '@holdfast/web';
import { reactive } from 'vue';
import { describeEvent, eventTypes, timeOfDay } from '../chat/event-log.ts';
import type { Side } from '../line/wire-chunk.ts';
import { problemFrom } from '../parts/problem.ts';
import { noteAsked, noteHeard, noteRound, startBeat } from './beat.ts';
import { type ClientView, emptyView } from './client-view.ts';
import { Outbox } from './outbox.ts';
import { whyStepped } from './step-words.ts';
import type { Dial } from './target.ts';
import { backoff, retryAfterOf, waitRange } from './wait-range.ts';
import { watchPings } from './watch-pings.ts';

/** Longer logs lose their oldest entries. */
const maxEntries = 300;

/** The life of one client of the page, and what it told. */
export class ClientSession {
  readonly view: ClientView = reactive(emptyView());
  readonly #outbox = new Outbox(this.view.outbox);
  readonly #listeners: ((event: ClientEvent) => void)[] = [];
  readonly #tellTraffic: (from: Side, data: Message) => void;
  #client: Client | undefined;
  #dial: Dial | undefined;
  #lastEnd: DisconnectedEvent | undefined;
  #count = 0;

  /** `tellTraffic` is told of each message when it is handed over, and when one arrives. */
  constructor(tellTraffic: (from: Side, data: Message) => void = () => {}) {
    this.#tellTraffic = tellTraffic;
  }

  /** Calls the listener with each event of each client to come, once the view has it. */
  listen(listener: (event: ClientEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Ends the client before, if there is one, and begins another; `more` are options of `connect`. */
  connect(dial: Dial, more: ConnectOptions = {}): boolean {
    return this.#attempt(() => {
      this.#client?.close().catch(() => undefined);
      const client = connect(dial.url, { ...this.#options(dial), ...more });
      this.#client = client;
      this.#dial = dial;
      this.view.beat = undefined;
      this.#outbox.clear();
      for (const type of eventTypes) client.on(type, (event: ClientEvent) => this.#hear(client, event));
      this.#sync();
    });
  }

  disconnect(): void {
    this.#attempt(() => {
      // How it ended comes as an event as well.
      this.#client?.close(1000, 'the reader left').catch(() => undefined);
      this.#sync();
    });
  }

  /** Dials at once instead of waiting, or anew instead of staying. */
  reconnect(): void {
    this.#client?.reconnect();
    this.#sync();
  }

  /** Sends; undefined when it was refused, and the view says why. `Sent` options are those of `client.send`. */
  send(message: string, options?: Parameters<Client['send']>[1]): 'sent' | 'queued' | undefined {
    let outcome: 'sent' | 'queued' | undefined;
    this.#attempt(() => {
      const client = this.#client;
      if (!client) throw new Error('connect first');
      outcome = client.send(message, options);
      if (outcome === 'queued') this.#outbox.add(message);
      else this.#tellTraffic('client', message);
      this.#sync();
    });
    return outcome;
  }

  clearLog(): void {
    this.view.log = [];
  }

  /** Ends the client for good, when the page is left. */
  dispose(): void {
    this.#client?.close().catch(() => undefined);
  }

  #options({ heartbeat, transport }: Dial): ConnectOptions {
    const onAsked = () => this.view.beat && noteAsked(this.view.beat, performance.now());
    return {
      reconnect: backoff,
      // A person is watching here too.
      connectTimeoutMs: 6000,
      closeTimeoutMs: 3000,
      outbox: this.#outbox.limits,
      heartbeat: heartbeat ? heartbeat(onAsked) : false,
      ...(transport && { transport: watchPings(transport, onAsked) }),
    };
  }

  #hear(client: Client, event: ClientEvent): void {
    // The client before the last connect may still have its end to tell; the view is not its any more.
    if (client !== this.#client) return;
    if (event.type === 'disconnected') this.#lastEnd = event;
    this.#sync(event);
    this.#log(event);
    this.#note(event, performance.now());
    for (const listener of this.#listeners) listener(event);
  }

  #note(event: ClientEvent, nowMs: number): void {
    const { view } = this;
    switch (event.type) {
      case 'open':
        for (const message of this.#outbox.clear()) this.#tellTraffic('client', message);
        if (this.#dial?.beat) view.beat = startBeat(this.#dial.beat, nowMs, view.beat?.rounds ?? []);
        return;
      case 'message':
        this.#tellTraffic('server', event.data);
        if (view.beat) noteHeard(view.beat, nowMs);
        return;
      case 'latency':
        if (view.beat) noteRound(view.beat, nowMs, event.rttMs);
        return;
      case 'disconnected':
        view.uncertain = event.uncertain.messages;
        if (view.beat && event.error?.code === 'heartbeat-timeout') noteRound(view.beat, nowMs, undefined);
        return;
      case 'waiting':
        view.wait = this.#waitFrom(event, nowMs);
        return;
      case 'dropped':
        return this.#outbox.take();
      case 'closed':
        this.#outbox.clear();
        return;
      case 'connecting':
      case 'drain':
      case 'error':
        return;
    }
  }

  #waitFrom({ attempt, delayMs }: { attempt: number; delayMs: number }, nowMs: number): ClientView['wait'] {
    const retryAfterMs = retryAfterOf(this.#lastEnd);
    return { attempt, delayMs, dueAtMs: nowMs + delayMs, ...waitRange(attempt, this.#lastEnd?.code), retryAfterMs };
  }

  #log(event: ClientEvent): void {
    const entry = {
      number: ++this.#count,
      time: timeOfDay(new Date()),
      type: event.type,
      detail: describeEvent(event),
      state: this.view.state?.name ?? '',
    };
    this.view.log.push(entry);
    if (this.view.log.length > maxEntries) this.view.log.shift();
  }

  #sync(event?: ClientEvent): void {
    const { view } = this;
    const from = view.state?.name ?? 'idle';
    view.state = this.#client?.state;
    view.latencyMs = this.#client?.latencyMs;
    const to = view.state?.name ?? 'idle';
    if (to !== 'waiting') view.wait = undefined;
    if (from === to) return;
    view.lastStep = { number: ++this.#count, from, to, why: whyStepped(from, to, event) };
  }

  #attempt(action: () => void): boolean {
    this.view.problem = undefined;
    try {
      action();
      return true;
    } catch (error) {
      this.view.problem = problemFrom(error);
      return false;
    }
  }
}
