import { HoldfastError } from '../errors.ts';

/** Answers what is allowed where the value is not. */
export type OptionCheck = (value: unknown) => string | undefined;

/** Which options there are, and what each may be. A nested shape may also be `false`: switched off. */
export type OptionShape = { readonly [name: string]: OptionCheck | OptionShape };

/** A duration: 0 ms or more. */
export const isMs: OptionCheck = (value) =>
  typeof value === 'number' && value >= 0 && value < 2 ** 31 ? undefined : 'milliseconds, 0 to 2147483647';

/** A limit: a whole number of things or bytes, or Infinity. */
export const isLimit: OptionCheck = (value) =>
  value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 0)
    ? undefined
    : 'a whole number from 0, or Infinity';

/** One of these values. */
export const isOneOf =
  (...allowed: readonly string[]): OptionCheck =>
  (value) =>
    allowed.includes(value as string) ? undefined : allowed.join(', ');

/** A value of one of these types, as `typeof` names them; null is none. */
export const isType =
  (...types: readonly string[]): OptionCheck =>
  (value) =>
    value !== null && types.includes(typeof value) ? undefined : types.join(' or ');

/** Throws `unknown-option` or `invalid-option`, naming the option, the value and what is allowed. */
export function checkOptions(options: unknown, shape: OptionShape, path = 'options'): void {
  if (typeof options !== 'object' || options === null) throw invalid(path, options, 'an object');
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const place = `${path}.${name}`;
    if (!rule) {
      const allowed = Object.keys(shape).join(', ');
      throw new HoldfastError('unknown-option', `there is no ${place}: allowed are ${allowed}`);
    }
    if (value === undefined) continue;
    if (typeof rule === 'function') {
      const allowed = rule(value);
      if (allowed) throw invalid(place, value, allowed);
    } else if (value !== false) {
      checkOptions(value, rule, place);
    }
  }
}

/** The error for an option with a wrong value. */
export function invalid(place: string, value: unknown, allowed: string): HoldfastError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? (value ? 'an object' : 'null') : String(value);
  return new HoldfastError('invalid-option', `${place} is ${shown}: allowed is ${allowed}`);
}
