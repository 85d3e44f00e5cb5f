import { describe, expect, it } from 'vitest';
import { fileNameFault } from './file-name.ts';

const refused = [
  ['nothing', ''],
  ['this folder', '.'],
  ['the folder above', '..'],
  ['a way out', '../a'],
  ['an absolute path', '/etc/passwd'],
  ['a path', 'a/b'],
  ['a path of Windows', 'a\\b'],
  ['a drive', 'C:a'],
  ['another stream of a file', 'a.txt:hidden'],
  ['NUL', 'a\0.txt'],
  ['a line break', 'a\nb'],
  ['a control character of C1', 'a\u0085b'],
  ['text turned around', 'cod\u202egpj.exe'],
  ['an unseen mark', 'a\ufeff'],
  ['half a character', 'a\ud800'],
  ['a wildcard', '*.txt'],
  ['a question mark', 'a?'],
  ['a dot at its end', 'a.'],
  ['a space at its end', 'a '],
  ['a device', 'NUL'],
  ['a device with an ending', 'con.txt'],
  ['a device with two endings', 'aux.tar.gz'],
  ['a device with a space', 'prn .txt'],
  ['a port', 'Com1'],
  ['a port by another digit', 'LPT\u00b2.log'],
  ['a console', 'conin$'],
  ['where parts are', '.Holdfast-Parts'],
  ['256 bytes', 'a'.repeat(256)],
  ['more bytes than characters', '\u00e9'.repeat(128)],
] as const;

const taken = [
  'a',
  'a.txt',
  '.gitignore',
  'a b',
  '..a',
  'a..b',
  'console.log',
  'com10',
  'nullify',
  '\u65e5\u672c.txt',
  '\u{1f600}',
  'a'.repeat(255),
];

describe('a name of a file', () => {
  it.each(refused)('is not taken that is %s', (_, name) => {
    expect(fileNameFault(name)).toBeTypeOf('string');
  });

  it.each(taken)('%s is taken', (name) => {
    expect(fileNameFault(name)).toBeUndefined();
  });
});
