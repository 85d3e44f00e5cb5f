import { describe, expect, test } from 'vitest';
import { resolveCompression } from './options.ts';

describe('the options of compression', () => {
  const defaults = {
    level: 6,
    memLevel: 8,
    thresholdBytes: undefined,
    serverContextTakeover: true,
    clientContextTakeover: true,
    serverMaxWindowBits: 15,
    clientMaxWindowBits: 15,
  };
  test.each([
    ['nothing, where it is on by default', undefined, true, [defaults]],
    ['nothing, where it is off by default', undefined, false, []],
    ['true', true, false, [defaults]],
    ['false', false, true, []],
    ['an option', { level: 1 }, false, [{ ...defaults, level: 1 }]],
    ['an option that is left open', { level: undefined }, false, [defaults]],
    ['a list', [{ level: 1 }, {}], false, [{ ...defaults, level: 1 }, defaults]],
  ])('%s', (_name, given, preset, resolved) => {
    expect(resolveCompression(given, preset)).toEqual(resolved);
  });

  test.each([
    [null, 'invalid-option'],
    ['on', 'invalid-option'],
    [1, 'invalid-option'],
    [[], 'invalid-option'],
    [[false], 'invalid-option'],
    [{ treshold: 1 }, 'unknown-option'],
    [{ level: 10 }, 'invalid-option'],
    [{ level: 1.5 }, 'invalid-option'],
    [{ memLevel: 0 }, 'invalid-option'],
    [{ thresholdBytes: -1 }, 'invalid-option'],
    [{ serverMaxWindowBits: 7 }, 'invalid-option'],
    [{ clientMaxWindowBits: 16 }, 'invalid-option'],
    [{ clientMaxWindowBits: '9' }, 'invalid-option'],
    [{ serverContextTakeover: 0 }, 'invalid-option'],
    [Object.create({ lvel: 1 }), 'unknown-option'],
  ])('%j is refused: %s', (given, code) => {
    expect(() => resolveCompression(given, true)).toThrow(expect.objectContaining({ code }));
  });
});
