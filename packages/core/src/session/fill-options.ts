import { failOn } from '../errors.ts';

/**
 * The options of an app with the defaults filled in. The defaults tell which options there are and, by their kind, what
 * each may be: a number of 0 or more, a string, a function, nested options, or `false` in their place for off, which
 * answers `{}`; anything where it is undefined. Throws `unknown-option` or `invalid-option`.
 */
export function fillOptions(
  given: object,
  presets: Readonly<Record<string, unknown>>,
  path = '',
): Record<string, unknown> {
  const filled = { ...presets };
  for (const [name, value] of Object.entries(given)) {
    const preset = presets[name];
    const kind = typeof preset;
    if (!(name in presets)) failOn('unknown-option', path + name, Object.keys(presets));
    if (value === undefined) continue;
    const isOff = kind === 'object' && value === false;
    if (preset !== undefined && !isOff && (typeof value !== kind || !(value >= 0 || kind !== 'number'))) {
      failOn('invalid-option', `${path}${name} ${value}`, kind);
    }
    filled[name] = value;
    if (kind === 'object') filled[name] = value ? fillOptions(value, preset as typeof presets, `${path}${name}.`) : {};
  }
  return filled;
}
