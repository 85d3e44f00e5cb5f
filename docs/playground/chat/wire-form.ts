import type { ConnectOptions } from '@holdfast/web';
import type { ChatRequest } from '../../demo-server/chat-protocol.ts';

/** How a pane speaks with the server at a URL. */
export interface WireForm {
  /** Whether replies are the chat's JSON; other servers get and give plain text. */
  readonly isChat: boolean;
  /** What travels for a typed text; `id` comes back with it from the chat. */
  encode(text: string, id: string): string;
  readonly heartbeat: NonNullable<ConnectOptions['heartbeat']>;
}

/** A browser cannot ping, so it asks with a message; quick enough to be seen. */
const heartbeatTimes = { intervalMs: 3000, timeoutMs: 2000 };

/** The chat's JSON for a URL that ends in `/chat`, and text as typed for every other. */
export function wireFormOf(url: string): WireForm {
  const isChat = /\/chat(?:\?|$)/.test(url);
  if (!isChat) return { isChat, encode: (text) => text, heartbeat: false };
  return {
    isChat,
    encode: (text, id) => write({ type: 'say', text, id }),
    heartbeat: {
      ...heartbeatTimes,
      probe: { message: write({ type: 'probe' }), isReply: (message) => message === '{"type":"probe-reply"}' },
    },
  };
}

function write(request: ChatRequest): string {
  return JSON.stringify(request);
}
