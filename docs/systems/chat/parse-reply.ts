import type { ChatReply } from './protocol.ts';

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
  switch (fields.type) {
    case 'welcome':
      return has('name') && isListOf(fields.members, isString) && isListOf(fields.history, isReply);
    case 'joined':
    case 'left':
      return has('name');
    case 'renamed':
      return has('name', 'was');
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

function isListOf(value: unknown, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
