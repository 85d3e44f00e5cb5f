import { describe, expect, it, test } from 'vitest';
import { parseExtensions } from './extension-header.ts';

describe('RFC 6455 9.1: extensions are read', () => {
  for (const { name, values, extensions } of [
    { name: 'one', values: ['a'], extensions: [{ name: 'a', parameters: [] }] },
    {
      name: 'several, in one line and in two',
      values: ['a, b', 'c'],
      extensions: ['a', 'b', 'c'].map((each) => ({ name: each, parameters: [] })),
    },
    {
      name: 'parameters, with a value and without',
      values: ['permessage-deflate; client_max_window_bits; server_max_window_bits=10'],
      extensions: [
        {
          name: 'permessage-deflate',
          parameters: [
            ['client_max_window_bits', true],
            ['server_max_window_bits', '10'],
          ],
        },
      ],
    },
    {
      name: 'a value in quotes, also with escapes',
      values: ['a; b="10"; c="\\1\\0"'],
      extensions: [
        {
          name: 'a',
          parameters: [
            ['b', '10'],
            ['c', '10'],
          ],
        },
      ],
    },
    {
      name: 'white space where it may stand',
      values: [' a ;\tb = c , d '],
      extensions: [
        { name: 'a', parameters: [['b', 'c']] },
        { name: 'd', parameters: [] },
      ],
    },
    { name: 'empty members of the list', values: [',a,,'], extensions: [{ name: 'a', parameters: [] }] },
    {
      name: 'the same twice, which is for others to judge',
      values: ['a; b; b'],
      extensions: [
        {
          name: 'a',
          parameters: [
            ['b', true],
            ['b', true],
          ],
        },
      ],
    },
  ])
    test(name, () => {
      expect(parseExtensions(values)).toEqual(extensions);
    });
});

describe('what is no list of extensions is not taken', () => {
  test.for([
    '',
    ',',
    ';',
    'a;',
    'a; ;b',
    'a b',
    'a; b c',
    'a; b=',
    'a; =b',
    'a; b==c',
    'a; b=c d',
    'a; b=""',
    'a; b="c d"',
    'a; b="c',
    'a; b="c\\"',
    'a; b="',
    'a; b="c"d',
    'a; b="\\',
    '"a"',
    'a; "b"',
    'a=b',
    'a; (',
    'a/b',
    'a; b=c\u0000',
    'é',
  ])('%j', (value) => {
    expect(parseExtensions([value])).toBeUndefined();
  });
});

it('needs no more steps for one long value than for many short ones', () => {
  // Each of these would take minutes, were a character looked at more than a few times.
  for (const part of ['"', '\\"', '"\\', ';', 'a', 'a;', '=', ' ', ',']) {
    expect(parseExtensions([`a; b=${part.repeat(1_000_000 / part.length)}`])).not.toEqual([
      { name: 'a', parameters: [] },
    ]);
  }
});
