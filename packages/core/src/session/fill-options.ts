import { failOn } from '../errors.ts';

/**
 * The options of an app with the defaults filled in. The defaults tell which options there are and, by their kind, what
 * each may be: a number of 0 or more, a string, a function, nested options, or `false` in their place for off; anything
 * where it is undefined. Throws `unknown-option` or `invalid-option`.
 */
export function fillOptions<T extends object>(given: object, defaults: T, path = ''): T {
  const filled: Record<string, unknown> = {};
  const presets = defaults as Record<string, unknown>;
  for (const name of Object.keys({ ...defaults, ...given })) {
    if (!(name in presets)) failOn('unknown-option', path + name, Object.keys(presets));
    const preset = presets[name];
    const kind = typeof preset;
    const value = (given as Record<string, unknown>)[name] ?? preset;
    const isNested = kind === 'object' && value !== false;
    if ((isNested || kind !== 'object') && preset !== undefined && (typeof value !== kind || (value as number) < 0 || value !== value)) {
      failOn('invalid-option', `${path}${name} ${String(value)}`, kind);
    }
    filled[name] = isNested ? fillOptions(value as object, preset as object, `${path}${name}.`) : value;
  }
  return filled as T;
}
