import type { ChatRequest } from '../../demo-server/chat-protocol.ts';

/** How a pane speaks with the server at a URL. */
export interface WireForm {
  /** Whether replies are the chat's JSON; other servers get and give plain text. */
  readonly isChat: boolean;
  /** What travels for a typed text; `id` comes back with it from the chat. */
  encode(text: string, id: string): string;
}

/** The chat's JSON for a URL that ends in `/chat`, and text as typed for every other. */
export function wireFormOf(url: string): WireForm {
  const isChat = /\/chat(?:\?|$)/.test(url);
  return { isChat, encode: isChat ? (text, id) => writeRequest({ type: 'say', text, id }) : (text) => text };
}

/** The JSON of a request to the chat. */
export function writeRequest(request: ChatRequest): string {
  return JSON.stringify(request);
}
