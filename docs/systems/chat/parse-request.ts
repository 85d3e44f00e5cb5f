import { type ChatFault, type ChatRequest, chatLimits } from './protocol.ts';

/** Parses one message of a member; a fault says what was wrong and what is allowed. */
export function parseRequest(data: string | Uint8Array): ChatRequest | ChatFault {
  if (typeof data !== 'string') return fault('binary', 'the message is binary; the chat takes text');
  const fields = parseObject(data);
  if (!fields) return fault('not-json', `a message is one JSON object such as {"type":"say","text":"hello"}`);
  switch (fields.type) {
    case 'say':
      return parseSay(fields);
    case 'rename':
      return parseRename(fields);
    case 'probe':
      return { type: 'probe' };
    default:
      return fault('unknown-type', `type is ${quote(fields.type)}; it may be "say", "rename" or "probe"`);
  }
}

function fault(code: ChatFault['code'], message: string): ChatFault {
  return { type: 'error', code, message };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function parseSay(fields: Record<string, unknown>): ChatRequest | ChatFault {
  const text = checkText('text', fields.text, chatLimits.textLength);
  if (typeof text !== 'string') return text;
  if (fields.id === undefined) return { type: 'say', text };
  const id = checkText('id', fields.id, chatLimits.idLength);
  return typeof id === 'string' ? { type: 'say', text, id } : id;
}

function parseRename(fields: Record<string, unknown>): ChatRequest | ChatFault {
  const name = checkText('name', fields.name, chatLimits.nameLength);
  return typeof name === 'string' ? { type: 'rename', name: name.trim() } : name;
}

function checkText(field: string, value: unknown, maxLength: number): string | ChatFault {
  if (typeof value !== 'string') return fault('not-a-string', `${field} is ${quote(value)}; it must be a string`);
  if (value.trim() === '') return fault('empty', `${field} is empty; it must hold something to read`);
  if (value.length <= maxLength) return value;
  return fault('too-long', `${field} has ${value.length} characters; at most ${maxLength} are allowed`);
}

function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? 'missing';
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}
