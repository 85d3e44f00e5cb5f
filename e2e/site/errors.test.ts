import { readFileSync } from 'node:fs';
import { CloseCode, decodeClosePayload, FrameDecoder, Protocol, type Role } from '@holdfast/core';
import { isWorthRetrying } from '@holdfast/core/adapter';
import { describe, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { filesBelow, isTest } from '../../scripts/source-files.ts';
import { bytesOf } from './examples/raw-line.ts';

const read = (path: string) => readFileSync(`${house}/${path}`, 'utf8');
const page = read('docs/errors.md');
const documented = [...page.matchAll(/^### `([a-z0-9-]+)`$/gm)].map(([, code = '']) => code);
const union = read('packages/core/src/errors.ts').match(/type HoldfastErrorCode =[^;]*;/)?.[0] ?? '';
const ofFiles = read('packages/core/src/file-error-code.ts');
const codes = [...union.matchAll(/\| '([a-z0-9-]+)'/g), ...ofFiles.matchAll(/^ {2}'([a-z0-9-]+)',$/gm)].map(
  ([, code = '']) => code,
);

/** What breaks each rule of the wire, and who it is sent to. */
const broken: Record<string, readonly [Role, hex: string]> = {
  'reserved-bits': ['client', 'c1 00'],
  'unknown-opcode': ['client', '83 00'],
  'mask-missing': ['server', '81 00'],
  'mask-unexpected': ['client', '81 80 00 00 00 00'],
  'control-fragmented': ['client', '09 00'],
  'control-too-long': ['client', '89 7e 00 7e'],
  'length-not-minimal': ['client', '81 7e 00 7d'],
  'length-top-bit': ['client', '81 7f 80 00 00 00 00 00 00 00'],
  'continuation-unexpected': ['client', '80 00'],
  'continuation-expected': ['client', '01 00 81 00'],
  'utf8-invalid': ['client', '81 01 ff'],
  'close-payload': ['client', '88 01 03'],
  'close-code': ['client', '88 02 03 ed'],
};

/** The section of a heading, up to the next. */
const sectionOf = (heading: string) => page.split(/^#{2,3} /m).find((section) => section.startsWith(heading)) ?? '';

describe('the page of errors', () => {
  test('it has every code of HoldfastError once, and no other', () => {
    expect(codes.length).toBeGreaterThan(60);
    expect(documented.toSorted()).toEqual(codes.toSorted());
  });

  test('every code is one that something throws or tells', () => {
    const sources = ['core', 'node', 'web', 'holdfast']
      .flatMap((name) => filesBelow(house, `packages/${name}/src`))
      .filter((path) => !isTest(path) && !/src\/(errors\.ts|testing\/)/.test(path));
    const text = sources.map(read).join('\n');
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  test.each(documented)('%s says what happened', (code) => {
    expect(sectionOf(`\`${code}\``).replace(/^.*\n/, '').trim()).toMatch(/^[A-Z`].{20}/);
  });

  test.each([...Object.values(CloseCode), 3000, 4000])(
    'close code %i is there, and whether a client comes back',
    (code) => {
      const section = page.split(/^### /m).find((part) => part.includes(`{#close-${code}}`)) ?? '';
      const outcome = { code, reason: '', wasClean: true, attempt: 1, refusals: 0, canRefresh: false };
      const wanted = isWorthRetrying(outcome) ? 'yes' : 'no';
      expect(section).toMatch(new RegExp(`^${code}[^]*\\*\\*Comes back:\\*\\* ${wanted}[,.]`));
    },
  );

  test.each(Object.entries(broken))(
    '%s comes of these bytes, and closes with the code that the page says',
    (code, [role, hex]) => {
      const protocol = new Protocol(role === 'server' ? { role } : { role, createMaskingKey: () => new Uint8Array(4) });
      expect(protocol.receive(bytesOf(hex))).toMatchObject([{ type: 'fault', error: { code } }]);
      const [close] = new FrameDecoder({ role: role === 'server' ? 'client' : 'server' }).push(
        Buffer.concat(protocol.takeOutput()),
      );
      const sent = decodeClosePayload(close?.payload ?? new Uint8Array()).code;
      expect(sectionOf(`\`${code}\``)).toMatch(new RegExp(`RFC 6455 [0-9.]+; ${sent}\\.$`, 'm'));
    },
  );

  test('all rules of the wire are among them, but the one of compression', () => {
    const rules = page.match(/## Rules that the peer broke\n([^]*?)\n## /)?.[1] ?? '';
    const told = [...rules.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
    expect(told).toEqual([...Object.keys(broken), 'deflate-invalid']);
  });
});
