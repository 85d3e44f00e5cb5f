import { failOn, tagOf } from '../errors.ts';

/** What JSON has only an empty object for, or one that does not come back as what it was. */
const unfit = /(Map|Set|Promise|RegExp|Error|ArrayBuffer|DataView|\wArray)\]$/;

/**
 * Throws `invalid-message`, naming the place, on what JSON would leave out or change in silence: functions, symbols, numbers
 * that are not finite, maps and the like, and `undefined` but as the value of a property, which it is right to leave out.
 * Takes a value without cycles.
 */
export function checkJson(value: unknown): void {
  const fault = faultIn(value);
  if (fault) failOn('invalid-message', `message${fault}`, 'what JSON has');
}

/** The place and the kind of the first fault. The place is made on the way back: most often there is none. */
function faultIn(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return ` is ${typeof value}`;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : ` is ${value}`;
  // What says itself how it is written has been asked.
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return undefined;
  return Array.isArray(value) ? faultInItems(value) : faultInProperties(value);
}

function faultInItems(items: readonly unknown[]): string | undefined {
  // By their numbers: what an array has no item for, JSON writes as null.
  for (let index = 0; index < items.length; index++) {
    const fault = faultIn(items[index]);
    if (fault) return `.${index}${fault}`;
  }
  return undefined;
}

function faultInProperties(value: object): string | undefined {
  const kind = tagOf(value);
  if (unfit.test(kind)) return ` is ${kind}`;
  for (const key of Object.keys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    const fault = item === undefined ? undefined : faultIn(item);
    if (fault) return `.${key}${fault}`;
  }
  return undefined;
}
