import { basename } from 'node:path';
import type { Group } from './groups.ts';
import type { Import } from './source-graph.ts';
import { splitPlace } from './walk-faults.ts';
import type { Hop, Walk } from './walks.ts';

const head = `---
aside: false
pageClass: architecture-page
---

<!-- Made from the code by \`npm run architecture\`: what is changed here by hand is lost. -->

# Architecture

This page and its drawing are made from the code by \`npm run architecture\`, and \`npm run check\` fails when they are not as
the code is. Who may import whom stands in \`CONTRIBUTING.md\` and is held by \`.dependency-cruiser.cjs\`, whose layers are
the layers here.

[![Packages and layers as boxes with their files, and the imports between them as arrows](/architecture.svg)](/architecture.svg)

A box is a package, a folder of one, or a layer of core, with its files. An arrow leads to what is imported; the number at
its beginning counts the imports, and a dashed arrow stands for types only. Arrows to the same box run together.
`;

const tail = `
<style>
.Layout.architecture-page .VPDoc .container,
.Layout.architecture-page .VPDoc .container .content,
.Layout.architecture-page .VPDoc .container .content .content-container {
  max-width: 1360px;
}
.architecture-page table {
  font-size: 13px;
}
.architecture-page td code {
  padding: 1px 3px;
  white-space: nowrap;
}
.architecture-page td:nth-child(2) {
  min-width: 18em;
}
</style>
`;

/** The page: the drawing, the walks with their hops, and each file with its sentence and its imports. */
export function formatPage(
  groups: readonly Group[],
  walks: readonly Walk[],
  sentenceOf: (path: string) => string,
): string {
  const files = groups.map((group) => formatGroup(group, sentenceOf));
  const parts = [
    head,
    '## The walks\n',
    walksIntro,
    ...walks.map(formatWalk),
    '## The files\n',
    filesIntro,
    ...files,
    tail,
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

const walksIntro = `What a message passes, hop by hop. Each hop is looked up in the code: the function is there, the call stands in it, and its
file imports the other, or both know the port between them.`;

const filesIntro = `From above to below. A sentence is the one that stands above the file’s main export; imports of types alone are in
*italics*.`;

function formatWalk({ title, says, hops }: Walk): string {
  const rows = hops.map((hop, index) => formatHop(hop, index + 1));
  return [`### ${title}`, '', says, '', '| | from | calls | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function formatHop({ from, to, through, does }: Hop, number: number): string {
  const [file, name] = splitPlace(from);
  const [target, called] = splitPlace(to);
  const port = through ? ` by \`${splitPlace(through)[0]}\`` : '';
  const where = target === file ? '' : ` in \`${target}\``;
  return `| ${number} | \`${name}\` in \`${file}\` | \`${called}\`${where}${port} | ${does} |`;
}

function formatGroup({ title, files }: Group, sentenceOf: (path: string) => string): string {
  const rows = files.map(({ path, imports }) => {
    const targets = imports.map((one) => formatImport(one, path)).join(', ');
    return `| \`${basename(path)}\` | ${escapeCell(sentenceOf(path))} | ${targets || 'nothing'} |`;
  });
  return [`### ${title}`, '', '| file | what it is | imports |', '| --- | --- | --- |', ...rows].join('\n');
}

/** In the same package by its path in \`src\`, in another one by the name that is imported. */
function formatImport({ target, isType }: Import, from: string): string {
  const name = `\`${nameOf(target, from)}\``;
  return isType ? `*${name}*` : name;
}

function nameOf(target: string, from: string): string {
  const [, folder = '', inside = ''] = /^packages\/([^/]+)\/src\/(.+?)(?:\.d)?\.ts$/.exec(target) ?? [];
  if (folder === '') return target;
  if (from.startsWith(`packages/${folder}/`)) return inside;
  const entry = inside === 'index' ? '' : `/${inside}`;
  return `${folder === 'holdfast' ? folder : `@holdfast/${folder}`}${entry}`;
}

/** A sentence as the cell of a table; it is no HTML, whatever stands in it. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;');
}
