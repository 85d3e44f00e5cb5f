import type { ChatReply } from '../../demo-server/chat-protocol.ts';

/**
 * How far a message of one's own has come: waiting for a connection, handed to the transport, seen by the server;
 * handed over when the connection was lost; given up.
 */
export type Delivery = 'queued' | 'sent' | 'delivered' | 'uncertain' | 'dropped';

/** One line of the conversation; `text` comes from the network and is only ever shown as text. */
export type ChatLine =
  | { readonly kind: 'own'; readonly number: number; readonly text: string; readonly id: string; delivery: Delivery }
  | { readonly kind: 'other'; readonly number: number; readonly from: string; readonly text: string }
  | { readonly kind: 'notice' | 'fault' | 'raw'; readonly number: number; readonly text: string };

/** What the chat server said, or undefined when the text is none of its replies. */
export function parseReply(text: string): ChatReply | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isReply(value) ? value : undefined;
}

function isReply(value: unknown): value is ChatReply {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const has = (...names: string[]) => names.every((name) => typeof fields[name] === 'string');
  const hasMembers = Array.isArray(fields.members) && fields.members.every((name) => typeof name === 'string');
  switch (fields.type) {
    case 'welcome':
    case 'joined':
    case 'left':
      return has('name') && hasMembers;
    case 'renamed':
      return has('name', 'was') && hasMembers;
    case 'said':
      return has('from', 'text') && (fields.id === undefined || has('id'));
    case 'error':
      return has('code', 'message');
    case 'probe-reply':
      return true;
    default:
      return false;
  }
}
