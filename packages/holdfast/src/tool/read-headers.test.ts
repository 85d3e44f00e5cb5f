import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHeaders } from './read-headers.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-headers-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('headers are names and values, and the same name twice is a list', () => {
  expect(readHeaders(['A: 1', 'Cookie:a=b:c', 'A:2'])).toEqual({ A: '1, 2', Cookie: 'a=b:c' });
});

test('@file has one a line', () => {
  const path = join(folder, 'headers');
  writeFileSync(path, 'Authorization: Bearer a\r\n\nX: 1\n');
  expect(readHeaders([`@${path}`])).toEqual({ Authorization: 'Bearer a', X: '1' });
});

test.each([
  ['geheim', "it takes 'Name: value'"],
  [': geheim', "it takes 'Name: value'"],
  [`@${folder}/none`, 'ENOENT'],
])('%j is refused without showing it', (header, why) => {
  const act = () => readHeaders([header]);
  expect(act).toThrow(why);
  expect(act).not.toThrow('geheim');
});
