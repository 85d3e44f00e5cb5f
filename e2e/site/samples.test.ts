import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { filesBelow } from '../../scripts/source-files.ts';
import { includedCode, inlineBlocks, isThere, pages } from './samples/code-blocks.ts';
import { commandsIn, exempt, faultOf } from './samples/commands.ts';

/** Languages that may stand in a page: nothing of them is code that a reader would run. */
const plain: Readonly<Record<string, string>> = {
  '': 'a drawing',
  http: 'what travels',
  json: 'data',
  nginx: 'a configuration; e2e/peers runs nginx with one like it',
  text: 'bytes and grammars, which tests of their own read',
};

const samples = filesBelow(house, 'docs/guide/samples').map((path) => path.replace(/^.*\//, ''));

/** Where tests name the samples that they run; a name in here is quoted, or the end of an import. */
const tests = [...filesBelow(house, 'e2e'), ...filesBelow(house, 'docs/guide/samples')]
  .filter((path) => path.endsWith('.ts') && !/node_modules|\.artifacts/.test(path))
  .map((path) => ({ path, text: readFileSync(`${house}/${path}`, 'utf8') }));

describe('the code that the pages show', () => {
  test('there are pages, and they show files', () => {
    expect(pages.length).toBeGreaterThan(30);
    expect(includedCode().length).toBeGreaterThan(60);
  });

  test('what runs comes from a file: only plain languages and commands stand in a page', () => {
    const strange = inlineBlocks().filter(({ language }) => !(language in plain) && language !== 'sh');
    expect(strange).toEqual([]);
  });

  test('every file that is shown is there, with its region', () => {
    expect(includedCode().filter((code) => !isThere(code))).toEqual([]);
  });

  test('what is shown is type-checked: it stands where the site, or the tests, are compiled', () => {
    // A real Prometheus reads its configuration: e2e/systems/dashboard.all.test.ts.
    const compiled =
      /^(docs\/guide\/samples\/[\w.-]+\.ts|docs\/systems\/(.+\.(ts|vue)|dashboard\/prometheus\.yml)|packages\/\w+\/src\/.+\.ts|e2e\/.+\.(ts|py)|docs\/guide\/samples\/tool-\w+\.txt)$/;
    const elsewhere = includedCode().filter(({ file }) => !compiled.test(file));
    expect(elsewhere).toEqual([]);
  });

  // What the tool prints is recorded; e2e/systems/tool.all.test.ts compares each with what it prints.
  test.each(samples.filter((name) => name.endsWith('.ts') && !name.includes('.test.')))(
    '%s is run by a test',
    (name) => {
      const users = tests.filter(({ text }) => text.includes(`'${name}'`) || text.includes(`/${name}'`));
      const own = `docs/guide/samples/${name}`;
      expect(users.filter(({ path }) => path !== own).map(({ path }) => path)).not.toEqual([]);
    },
  );
});

describe('the commands that the pages show', () => {
  const commands = inlineBlocks()
    .filter(({ language }) => language === 'sh')
    .flatMap(({ page, text }) => commandsIn(text).map((command) => [page, command] as const));

  test.each(commands)('%s: %s', (_page, command) => {
    expect(faultOf(command)).toBeUndefined();
  });

  test('each exemption is needed', () => {
    expect(commands.map(([, command]) => command)).toEqual(expect.arrayContaining(Object.keys(exempt)));
  });

  test('a command that is not there is found', () => {
    for (const wrong of ['npm run nothing', 'npm install no-such-package', 'npx nothing', 'curl example.org']) {
      expect(faultOf(wrong), wrong).toBeDefined();
    }
  });
});
