import { Conversation } from '../../systems/chat/conversation.ts';
import type { ClientSession } from '../session/client-session.ts';
import type { Dial } from '../session/target.ts';
import { wireFormOf, writeRequest } from './wire-form.ts';

/** The life of one pane: a client, and what was said through it. */
export class ChatSession {
  readonly client: ClientSession;
  readonly #conversation = new Conversation(wireFormOf('/'));
  readonly view: Conversation['view'] = this.#conversation.view;

  /** `client` is one of its own. */
  constructor(client: ClientSession) {
    this.client = client;
    this.client.listen((event) => this.#conversation.hear(event));
  }

  connect(dial: Dial): void {
    this.#conversation.begin(wireFormOf(dial.url));
    this.client.connect(dial);
  }

  /** Sends what was typed; answers whether it was taken. */
  say(text: string): boolean {
    return this.#conversation.say(text, (message) => this.client.send(message));
  }

  /** Asks the chat for another name; it answers to everybody, or with what is wrong with it. */
  rename(name: string): void {
    this.client.send(writeRequest({ type: 'rename', name }));
  }
}
