import { failOn, tagOf } from '../errors.ts';

/** What JSON has only an empty object for, or one that does not come back as what it was. */
const unfit = /(Map|Set|Promise|RegExp|Error|ArrayBuffer|DataView|\wArray)\]$/;

/**
 * Throws `invalid-message`, naming the place, on what JSON would leave out or change in silence: functions, symbols, numbers
 * that are not finite, maps and the like, and `undefined` but as the value of a property, which it is right to leave out.
 * Takes a value without cycles.
 */
export function checkJson(value: unknown, place = 'message'): void {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') refuse(place, typeof value);
  if (typeof value === 'number' && !Number.isFinite(value)) refuse(place, String(value));
  // What says itself how it is written has been asked.
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return;
  const kind = tagOf(value);
  if (unfit.test(kind)) refuse(place, kind);
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined || Array.isArray(value)) checkJson(item, `${place}.${key}`);
  }
}

function refuse(place: string, kind: string): never {
  failOn('invalid-message', `${place} is ${kind}`, 'what JSON has');
}
