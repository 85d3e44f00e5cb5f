import { checkProtocols } from '@holdfast/core/adapter';
import { isObject, toDomString } from './web-idl.ts';

/**
 * The sub-protocols to offer: what can be iterated is a sequence, anything else is one name. Throws a SyntaxError on one
 * that is no token, or is there twice (WHATWG WebSockets, constructor, steps 8 and 9).
 */
export function toSubProtocols(value: unknown): readonly string[] {
  const names = toSequence(value) ?? [toDomString(value)];
  try {
    return checkProtocols(names);
  } catch (error) {
    throw new DOMException(`WebSocket sub-protocols: ${(error as Error).message}`, 'SyntaxError');
  }
}

/** The answer is `undefined` for what is no sequence (Web IDL, union of DOMString and sequence). */
function toSequence(value: unknown): string[] | undefined {
  if (!isObject(value)) return undefined;
  const iterable = value as Partial<Iterable<unknown>>;
  const method = iterable[Symbol.iterator];
  if (method === undefined || method === null) return undefined;
  return Array.from(iterable as Iterable<unknown>, toDomString);
}
