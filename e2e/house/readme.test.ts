import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

describe('README', () => {
  const examples = [...read('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

  // The samples are compiled with the site: an example that no longer compiles fails there.
  test('its examples are the compiled samples, and no other', () => {
    const samples = ['readme-browser.ts', 'readme-node.ts', 'readme-delivery.ts', 'readme-server.ts'];
    expect(examples).toEqual(samples.map((sample) => read(`docs/guide/samples/${sample}`)));
  });

  test('each is about 15 lines', () => {
    for (const example of examples) expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(16);
  });

  test('what it links to in the repository is there', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(read.bind(null, link), link).not.toThrow(/ENOENT/);
  });
});
