import { toUSVString } from 'node:util';

/** Throws a TypeError where a call has fewer arguments than its least (Web IDL, overload resolution). */
export function requireArguments(call: string, given: number, least: number): void {
  if (given >= least) return;
  throw new TypeError(`${call}: ${least} argument${least === 1 ? '' : 's'} required, but only ${given} present`);
}

/** Any value as text (Web IDL, DOMString). Throws a TypeError on a symbol. */
export function toDomString(value: unknown): string {
  // Unlike String(), this has no exception for symbols.
  return ''.concat(value as string);
}

/** Any value as text with U+FFFD for each lone surrogate (Web IDL, USVString). Throws a TypeError on a symbol. */
export function toUsvString(value: unknown): string {
  return toUSVString(toDomString(value));
}

/** Any value as the nearest of 0 to 65,535, halves to the even one (Web IDL, [Clamp] unsigned short). */
export function clampToUnsignedShort(value: unknown): number {
  // Unlike Number(), this converts as ToNumber does, which throws on a BigInt.
  const number = Math.min(Math.max(value as number, 0), 0xffff);
  if (Number.isNaN(number)) return 0;
  const floor = Math.floor(number);
  const rest = number - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Whether a value is of the kind that Web IDL calls Object. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

interface Interface {
  readonly name: string;
  readonly prototype: object;
}

/**
 * Gives a class what Web IDL asks of an interface: members that can be enumerated, a tag, and its constants, which stand on
 * the class and on its prototype.
 */
export function defineInterface(type: Interface, constants: Readonly<Record<string, number>> = {}): void {
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(type.prototype);
  for (const member of Object.values<PropertyDescriptor>(members)) member.enumerable = true;
  Object.defineProperties(type.prototype, members);
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
  for (const [name, value] of Object.entries(constants)) {
    Object.defineProperty(type, name, { value, enumerable: true });
    Object.defineProperty(type.prototype, name, { value, enumerable: true });
  }
}
