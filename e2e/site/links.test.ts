import { describe, expect, test } from 'vitest';
import { builtFiles, builtPages, readBuilt } from './built-site.ts';
import { checkLinks } from './links.ts';

describe('links', () => {
  test('every link, anchor and file that a page of the built site names is there', async () => {
    const pages = await builtPages();
    const texts = pages.map((page) => ({ ...page, html: readBuilt(page.file).toString('utf8') }));
    const report = checkLinks(texts, new Set(builtFiles()));
    console.log(`${pages.length} pages, ${report.links} links, ${report.outside.length} addresses elsewhere`);
    expect(report.faults).toEqual([]);
    expect(report.links).toBeGreaterThan(pages.length);
  });

  test.each([
    ['<a href="/nowhere">', 'leads to no page and no file'],
    ['<a href="#nowhere">', 'leads to no anchor of that page'],
    ['<a href="/#nowhere">', 'leads to no anchor of that page'],
    ['<img src="/nowhere.svg">', 'leads to no page and no file'],
    ['<a href="http://example.org/">', 'is spoken to by http:'],
    ['<a href="https://example/">', 'has no host that can be looked up'],
    ['<a href="https://exa mple.org/">', 'is no address'],
    ['<code>packages/core/src/nowhere.ts</code>', 'is no file of the repository'],
  ])('%s is found out', (html, fault) => {
    const page = { path: '/', file: 'index.html', html: `<h1 id="here"></h1>${html}` };
    expect(checkLinks([page], new Set(['logo.svg'])).faults).toEqual([expect.stringContaining(fault)]);
  });

  test.each([
    '<a href="#here">',
    '<a href="/?a=b#here">',
    '<img src="/logo.svg">',
    '<img src="data:image/gif;base64,">',
    '<a href="https://example.org/">',
    '<code>packages/core/src/index.ts</code>',
  ])('%s is fine', (html) => {
    const page = { path: '/', file: 'index.html', html: `<h1 id="here"></h1>${html}` };
    expect(checkLinks([page], new Set(['logo.svg'])).faults).toEqual([]);
  });
});
