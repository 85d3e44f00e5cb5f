import type { ClientEvent } from '@holdfast/web';
import { reactive } from 'vue';
import type { ChatLine, Delivery } from './chat-line.ts';
import { parseReply } from './parse-reply.ts';
import type { ChatReply, Entry } from './protocol.ts';

/** How one speaks with the server. */
export interface Manner {
  /** Whether replies are the chat's JSON; other servers get and give plain text. */
  readonly isChat: boolean;
  /** Whether what was under way on a lost connection goes again by itself. */
  readonly isDelivered: boolean;
  /** What travels for a typed text; `id` comes back with it from the chat. */
  encode(text: string, id: string): string;
}

/** What a reader sees of a conversation. */
export interface ConversationView {
  /** The name that the chat gave us, and everybody who is in. */
  name: string;
  members: readonly string[];
  lines: ChatLine[];
}

/** Longer conversations lose their oldest lines. */
const maxLines = 300;

/** What a client hears of a chat, as lines. */
export class Conversation {
  readonly view: ConversationView = reactive({ name: '', members: [], lines: [] });
  #manner: Manner;
  #count = 0;
  /** What was said last, of all that came. */
  #last: string | undefined;

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  /** A client is about to dial. */
  begin(manner: Manner): void {
    this.#manner = manner;
    this.view.name = '';
    this.view.members = [];
  }

  /** Sends what was typed, and notes how; answers whether it was taken. */
  say(text: string, send: (message: string) => 'sent' | 'queued' | undefined): boolean {
    const id = newId();
    const delivery = send(this.#manner.encode(text, id));
    if (delivery) this.#addLine({ kind: 'own', text, id, delivery });
    return delivery !== undefined;
  }

  /** Takes an event of the client. */
  hear(event: ClientEvent): void {
    if (event.type === 'open') this.#markOwn('queued', 'sent');
    if (event.type === 'message') this.#receive(event.data);
    if (event.type === 'dropped') this.#markDropped(event.message, event.cause);
    if (event.type !== 'disconnected' || this.#manner.isDelivered) return;
    this.view.members = [];
    this.#markOwn('sent', this.#manner.isChat ? 'uncertain' : 'sent');
  }

  #receive(data: string | Uint8Array): void {
    if (typeof data !== 'string') return this.#addLine({ kind: 'raw', text: `${data.length} bytes` });
    const reply = this.#manner.isChat ? parseReply(data) : undefined;
    if (!reply) this.#addLine({ kind: 'raw', text: data });
    else this.#take(reply);
  }

  #take(reply: ChatReply): void {
    const { view } = this;
    switch (reply.type) {
      case 'welcome':
        return this.#enter(reply);
      case 'joined':
        view.members = [...without(view.members, reply.name), reply.name];
        // Its own comes behind the welcome, which has said so.
        if (reply.name !== view.name) this.#addLine({ kind: 'notice', text: `${reply.name} joined` });
        return;
      case 'left':
        view.members = without(view.members, reply.name);
        return this.#addLine({ kind: 'notice', text: `${reply.name} left` });
      case 'renamed':
        view.members = [...without(view.members, reply.was), reply.name];
        if (reply.was === view.name) view.name = reply.name;
        return this.#addLine({ kind: 'notice', text: `${reply.was} is now ${reply.name}` });
      case 'said':
        return this.#hearSaid(reply);
      case 'error':
        return this.#addLine({ kind: 'fault', text: reply.message });
      case 'probe-reply':
        return;
    }
  }

  /** Of the history it takes what has not come before: after a lost connection, that is what was said meanwhile. */
  #enter({ name, members, history }: Extract<ChatReply, { type: 'welcome' }>): void {
    this.view.name = name;
    this.view.members = members;
    const known = history.map((entry) => JSON.stringify(entry)).lastIndexOf(this.#last ?? '');
    for (const entry of history.slice(known + 1)) if (entry.type === 'said') this.#hearSaid(entry);
    this.#addLine({ kind: 'notice', text: `You are ${name}` });
  }

  #hearSaid(entry: Extract<Entry, { type: 'said' }>): void {
    this.#last = JSON.stringify(entry);
    const { from, text, id } = entry;
    const own = this.view.lines.find((line) => line.kind === 'own' && line.id === id);
    if (own?.kind === 'own') own.delivery = 'delivered';
    else this.#addLine({ kind: 'other', from, text });
  }

  #markOwn(from: Delivery, to: Delivery): void {
    for (const line of this.view.lines) if (line.kind === 'own' && line.delivery === from) line.delivery = to;
  }

  #markDropped(message: unknown, cause: string): void {
    const delivery = cause === 'unacknowledged' ? 'uncertain' : 'dropped';
    for (const line of this.view.lines) {
      if (line.kind === 'own' && this.#manner.encode(line.text, line.id) === message) line.delivery = delivery;
    }
  }

  #addLine(line: WithoutNumber<ChatLine>): void {
    this.view.lines.push({ ...line, number: ++this.#count });
    if (this.view.lines.length > maxLines) this.view.lines.shift();
  }
}

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number'> : never;

function without(names: readonly string[], gone: string): string[] {
  return names.filter((name) => name !== gone);
}

/** A mark that no other member will choose. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
}
