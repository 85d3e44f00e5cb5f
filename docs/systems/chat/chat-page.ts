import { type Client, type ClientState, type ConnectOptions, connect } from '@holdfast/web';
import { delivery } from '@holdfast/web/delivery';
import { reactive } from 'vue';
import { Conversation, type Manner } from './conversation.ts';
import type { ChatRequest } from './protocol.ts';
import { hostOf, memberUrl } from './server-url.ts';

/** Where somebody joins. */
export interface Place {
  /** The processes of one room: the first is dialed first, and when it is lost, the next. */
  readonly servers: readonly string[];
  readonly name: string;
  /** Whether delivery is asked for; the server has to know it. */
  readonly isDelivered: boolean;
}

/** What the page shows of the connection. */
export interface ChatPageView {
  state: ClientState | undefined;
  /** The host and port of the process that was reached last. */
  at: string;
}

const eventTypes = ['connecting', 'open', 'message', 'disconnected', 'waiting', 'dropped', 'closed'] as const;
const probe = {
  message: () => write({ type: 'probe' }),
  isReply: (data: unknown) => data === '{"type":"probe-reply"}',
};

/** The life of the page: a client of the chat, and what was said through it. */
export class ChatPage {
  readonly view: ChatPageView = reactive({ state: undefined, at: '' });
  readonly #conversation = new Conversation(mannerOf(false));
  readonly conversation: Conversation['view'] = this.#conversation.view;
  #client: Client | undefined;

  // #region join
  /** Joins, by another client than before. */
  join({ servers, name, isDelivered }: Place): void {
    let dials = 0;
    const nextUrl = () => memberUrl(servers[dials++ % servers.length] ?? '', name);
    const client = connect(nextUrl, {
      ...(isDelivered ? { delivery: delivery() } : {}),
      heartbeat: { intervalMs: 5000, timeoutMs: 3000, ...(isDelivered ? {} : { probe }) },
      reconnect: { minDelayMs: 100, maxDelayMs: 3000 },
    } satisfies ConnectOptions);
    this.#client = client;
    this.#conversation.begin(mannerOf(isDelivered));
    for (const type of eventTypes) {
      client.on(type, (event) => {
        this.view.state = client.state;
        this.#conversation.hear(event);
      });
    }
    client.on('open', ({ url }) => (this.view.at = hostOf(url)));
    this.view.state = client.state;
  }
  // #endregion join

  /** Sends what was typed; answers whether it was taken. */
  say(text: string): boolean {
    return this.#conversation.say(text, (message) => this.#client?.send(message));
  }

  /** Goes on over another line, at the next process. */
  moveOn(): void {
    this.#client?.reconnect();
  }

  /** Leaves the room for good. */
  leave(): void {
    this.#client?.close().catch(() => undefined);
    this.view.state = this.#client?.state;
  }
}

function mannerOf(isDelivered: boolean): Manner {
  return { isChat: true, isDelivered, encode: (text, id) => write({ type: 'say', text, id }) };
}

function write(request: ChatRequest): string {
  return JSON.stringify(request);
}
