import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawSvg } from './draw.ts';
import { groupFiles, readLayers } from './groups.ts';
import { layOut } from './layout.ts';
import { formatPage } from './page.ts';
import { sentenceOf } from './sentences.ts';
import { readSourceGraph } from './source-graph.ts';
import { hopFaults } from './walk-faults.ts';
import { walks } from './walks.ts';

/** The files of the architecture as the code has them, by path from the root, and what is wrong with the walks. */
export interface Architecture {
  readonly files: ReadonlyMap<string, string>;
  readonly faults: readonly string[];
}

/** Reads the code below a root, and makes the page and the drawing; writes nothing. */
export async function makeArchitecture(root: string): Promise<Architecture> {
  const graph = await readSourceGraph(root);
  const groups = groupFiles(graph, readLayers(root));
  const files = new Map([
    ['docs/architecture.md', formatPage(groups, walks, (path) => sentenceOf(root, path) || entryOf(root, path))],
    ['docs/public/architecture.svg', drawSvg(layOut(groups))],
  ]);
  const faults = walks.flatMap(({ title, hops }) =>
    hops.flatMap((hop) => hopFaults(root, hop, graph).map((fault) => `walk “${title}”: ${fault}`)),
  );
  return { files, faults };
}

/** What an entry is, which only hands on what others export. */
function entryOf(root: string, path: string): string {
  const [, folder = '', name = ''] = /^packages\/([^/]+)\/src\/([^/]+)\.ts$/.exec(path) ?? [];
  const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as { name: string };
  return `What \`${manifest.name}${name === 'index' ? '' : `/${name}`}\` exports.`;
}
