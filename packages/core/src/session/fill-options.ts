import { failOn } from '../errors.ts';

/**
 * What an app gave for an option, or else its preset. The preset tells by its kind what may be given: a number of 0 or
 * more, a string, a boolean, a function, options with presets of their own, of which there are no others, or `false` in their place
 * for off, which answers `{}`; anything where it is undefined. Throws `unknown-option` or `invalid-option`.
 */
export function fillOptions(given: unknown, preset: unknown, path = 'options'): unknown {
  const kind = typeof preset;
  if (given === undefined) return preset;
  if (kind === 'object' && given === false) return {};
  // Of all kinds only numbers and booleans may be, and have to be, 0 or more.
  if (preset !== undefined && (typeof given !== kind || (given as number) >= 0 !== /^[bn]/.test(kind))) {
    failOn('invalid-option', `${path} ${given as string}`, kind);
  }
  if (kind !== 'object') return given;
  const filled = { ...(preset as Options) };
  // Also what is inherited: it is read as any other, and not passed over in silence.
  for (const name in given as Options) {
    if (!(name in filled)) failOn('unknown-option', `${path}.${name}`, Object.keys(filled));
    filled[name] = fillOptions((given as Options)[name], filled[name], `${path}.${name}`);
  }
  return filled;
}

type Options = Record<string, unknown>;
