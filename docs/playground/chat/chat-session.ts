import { type Client, type ClientEvent, type ClientState, connect } from '@holdfast/web';
import { reactive } from 'vue';
import { type Problem, problemFrom } from '../parts/problem.ts';
import { type ChatLine, parseReply } from './chat-line.ts';
import { describeEvent, eventTypes, type LogEntry, timeOfDay } from './event-log.ts';
import { type WireForm, wireFormOf } from './wire-form.ts';

/** What a pane shows. */
export interface ChatView {
  /** Undefined before the first connect. */
  state: ClientState | undefined;
  /** When the next dial is due, in ms since the epoch; only in `waiting`. */
  dueAtMs: number | undefined;
  latencyMs: number | undefined;
  bufferedBytes: number;
  /** The name that the chat gave us, and everybody who is in. */
  name: string;
  members: readonly string[];
  lines: ChatLine[];
  log: LogEntry[];
  /** What the last action was refused for. */
  problem: Problem | undefined;
}

/** Longer lists lose their oldest entries. */
const maxEntries = 300;

/** The life of one pane: a client, what it told, and what was said through it. */
export class ChatSession {
  readonly view: ChatView = reactive(emptyView());
  #client: Client | undefined;
  #form: WireForm = wireFormOf('/');
  #count = 0;

  connect(url: string): void {
    this.#attempt(() => {
      this.#client?.close().catch(() => undefined);
      this.#form = wireFormOf(url);
      const client = connect(url, {
        heartbeat: this.#form.heartbeat,
        // Short delays: a person is watching.
        reconnect: { minDelayMs: 400, maxDelayMs: 4000 },
      });
      this.#client = client;
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

  /** Sends what was typed; answers whether it was taken. */
  send(text: string): boolean {
    return this.#attempt(() => {
      const client = this.#client;
      if (!client) throw new Error('connect first');
      const id = newId();
      const delivery = client.send(this.#form.encode(text, id));
      this.#addLine({ kind: 'own', text, id, delivery });
      this.#sync();
    });
  }

  clearLog(): void {
    this.view.log = [];
  }

  /** Ends the client for good, when the page is left. */
  dispose(): void {
    this.#client?.close().catch(() => undefined);
  }

  #hear(client: Client, event: ClientEvent): void {
    // The client before the last connect may still have its end to tell; the pane is not its any more.
    if (client !== this.#client) return;
    this.#sync();
    this.#log(event);
    switch (event.type) {
      case 'open':
        return this.#markOwn('queued', 'sent');
      case 'message':
        return this.#receive(event.data);
      case 'disconnected':
        this.view.members = [];
        return this.#markOwn('sent', this.#form.isChat ? 'uncertain' : 'sent');
      case 'waiting':
        this.view.dueAtMs = Date.now() + event.delayMs;
        return;
      case 'dropped':
        return this.#markDropped(event.message);
      case 'connecting':
      case 'latency':
      case 'drain':
      case 'error':
      case 'closed':
        return;
    }
  }

  #receive(data: string | Uint8Array): void {
    if (typeof data !== 'string') return this.#addLine({ kind: 'raw', text: `${data.length} bytes` });
    const reply = this.#form.isChat ? parseReply(data) : undefined;
    if (!reply) return this.#addLine({ kind: 'raw', text: data });
    if ('members' in reply) this.view.members = reply.members;
    switch (reply.type) {
      case 'welcome':
        this.view.name = reply.name;
        return this.#addLine({ kind: 'notice', text: `You are ${reply.name}` });
      case 'joined':
        return this.#addLine({ kind: 'notice', text: `${reply.name} joined` });
      case 'left':
        return this.#addLine({ kind: 'notice', text: `${reply.name} left` });
      case 'renamed':
        return this.#addLine({ kind: 'notice', text: `${reply.was} is now ${reply.name}` });
      case 'said':
        return this.#hearSaid(reply.from, reply.text, reply.id);
      case 'error':
        return this.#addLine({ kind: 'fault', text: reply.message });
      case 'probe-reply':
        return;
    }
  }

  #hearSaid(from: string, text: string, id: string | undefined): void {
    const own = this.view.lines.find((line) => line.kind === 'own' && line.id === id);
    if (own?.kind === 'own') own.delivery = 'delivered';
    else this.#addLine({ kind: 'other', from, text });
  }

  #markOwn(from: 'queued' | 'sent', to: 'sent' | 'uncertain'): void {
    for (const line of this.view.lines) if (line.kind === 'own' && line.delivery === from) line.delivery = to;
  }

  #markDropped(message: unknown): void {
    for (const line of this.view.lines) {
      if (line.kind === 'own' && this.#form.encode(line.text, line.id) === message) line.delivery = 'dropped';
    }
  }

  #addLine(line: WithoutNumber<ChatLine>): void {
    this.view.lines.push({ ...line, number: ++this.#count });
    if (this.view.lines.length > maxEntries) this.view.lines.shift();
  }

  #log(event: ClientEvent): void {
    const state = this.view.state?.name ?? '';
    const entry = {
      number: ++this.#count,
      time: timeOfDay(new Date()),
      type: event.type,
      detail: describeEvent(event),
      state,
    };
    this.view.log.push(entry);
    if (this.view.log.length > maxEntries) this.view.log.shift();
  }

  #sync(): void {
    const client = this.#client;
    this.view.state = client?.state;
    this.view.latencyMs = client?.latencyMs;
    this.view.bufferedBytes = client?.bufferedBytes ?? 0;
    if (client?.state.name !== 'waiting') this.view.dueAtMs = undefined;
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

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number'> : never;

function emptyView(): ChatView {
  return {
    state: undefined,
    dueAtMs: undefined,
    latencyMs: undefined,
    bufferedBytes: 0,
    name: '',
    members: [],
    lines: [],
    log: [],
    problem: undefined,
  };
}

/** A mark that no other pane will choose. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
}
