import type { ClientEvent } from '@holdfast/web';
import { reactive } from 'vue';
import type { ClientSession } from '../session/client-session.ts';
import type { Dial } from '../session/target.ts';
import { type ChatLine, parseReply } from './chat-line.ts';
import { type WireForm, wireFormOf, writeRequest } from './wire-form.ts';

/** What was said through a pane. */
export interface ChatView {
  /** The name that the chat gave us, and everybody who is in. */
  name: string;
  members: readonly string[];
  lines: ChatLine[];
}

/** Longer conversations lose their oldest lines. */
const maxLines = 300;

/** The life of one pane: a client, and what was said through it. */
export class ChatSession {
  readonly client: ClientSession;
  readonly view: ChatView = reactive({ name: '', members: [], lines: [] });
  #form: WireForm = wireFormOf('/');
  #count = 0;

  /** `client` is one of its own. */
  constructor(client: ClientSession) {
    this.client = client;
    this.client.listen((event) => this.#hear(event));
  }

  connect(dial: Dial): void {
    this.#form = wireFormOf(dial.url);
    this.view.name = '';
    this.client.connect(dial);
  }

  /** Sends what was typed; answers whether it was taken. */
  say(text: string): boolean {
    const id = newId();
    const delivery = this.client.send(this.#form.encode(text, id));
    if (delivery) this.#addLine({ kind: 'own', text, id, delivery });
    return delivery !== undefined;
  }

  /** Asks the chat for another name; it answers to everybody, or with what is wrong with it. */
  rename(name: string): void {
    this.client.send(writeRequest({ type: 'rename', name }));
  }

  #hear(event: ClientEvent): void {
    switch (event.type) {
      case 'open':
        return this.#markOwn('queued', 'sent');
      case 'message':
        return this.#receive(event.data);
      case 'disconnected':
        this.view.members = [];
        return this.#markOwn('sent', this.#form.isChat ? 'uncertain' : 'sent');
      case 'dropped':
        return this.#markDropped(event.message);
      case 'connecting':
      case 'waiting':
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
        if (reply.was === this.view.name) this.view.name = reply.name;
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
    if (this.view.lines.length > maxLines) this.view.lines.shift();
  }
}

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number'> : never;

/** A mark that no other pane will choose. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
}
