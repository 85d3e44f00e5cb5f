import type { Manner } from '../../systems/chat/conversation.ts';
import type { ChatRequest } from '../../systems/chat/protocol.ts';

/** How a pane speaks with the server at a URL: the chat's JSON where it ends in `/chat`, and text as typed elsewhere. */
export function wireFormOf(url: string): Manner {
  const isChat = /\/chat(?:\?|$)/.test(url);
  return {
    isChat,
    isDelivered: false,
    encode: isChat ? (text, id) => writeRequest({ type: 'say', text, id }) : (text) => text,
  };
}

/** The JSON of a request to the chat. */
export function writeRequest(request: ChatRequest): string {
  return JSON.stringify(request);
}
