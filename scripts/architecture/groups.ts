import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { SourceFile } from './source-graph.ts';

/** Files that stand together in the drawing: a layer of core, or a folder of another package. */
export interface Group {
  /** `core/frame`, `node/dial`, or `node` for the files directly in its `src`. */
  readonly id: string;
  /** `2 frame`, `dial/`, `@holdfast/node`. */
  readonly title: string;
  readonly files: readonly SourceFile[];
}

/** A layer of core: its place in the table, counted from 0, its name and what tells its files. */
interface Layer {
  readonly level: number;
  readonly name: string;
  readonly path: RegExp;
}

/** A rule of `.dependency-cruiser.cjs`, as far as the layers are read from it. */
interface LayerRule {
  readonly name: string;
  readonly from: { readonly path: string };
  readonly to: { readonly path: readonly string[] };
}

/** The layers of core, lowest first, from the rules that hold them: `no-import-above-…` names each but the highest. */
export function readLayers(root: string): Layer[] {
  const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
    forbidden: readonly LayerRule[];
  };
  const prefix = 'no-import-above-';
  const rules = forbidden.filter(({ name }) => name.startsWith(prefix));
  const named = rules.map(({ name, from }) => ({ name: name.slice(prefix.length), path: from.path }));
  const highest = { name: 'entries', path: rules[0]?.to.path.at(-1) ?? '' };
  return [...named, highest].map(({ name, path }, level) => ({ level, name, path: new RegExp(path) }));
}

/** The files in their groups, core from its highest layer down. */
export function groupFiles(files: readonly SourceFile[], layers: readonly Layer[]): Group[] {
  const groups = new Map<string, { title: string; level: number; files: SourceFile[] }>();
  for (const file of files) {
    const { id, title, level } = groupOf(file.path, layers);
    const group = groups.get(id) ?? { title, level, files: [] };
    group.files.push(file);
    groups.set(id, group);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.level - a.level)
    .map(([id, { title, files: members }]) => ({ id, title, files: members }));
}

function groupOf(path: string, layers: readonly Layer[]): { id: string; title: string; level: number } {
  const [, name = '', inside = ''] = /^packages\/([^/]+)\/src\/(.*)$/.exec(path) ?? [];
  const [first = ''] = inside.split(/[/.]/);
  if (name === 'core') return layerOf(path, first, layers);
  const folder = inside.includes('/') ? first : '';
  const level = layers.length + (name === 'holdfast' ? 3 : folder === '' ? 2 : 1);
  if (folder !== '') return { id: `${name}/${folder}`, title: `${folder}/`, level };
  return { id: name, title: name === 'holdfast' ? name : `@holdfast/${name}`, level };
}

/** Each entry of core stands alone: what apps, platforms and tests may import are three things. */
function layerOf(path: string, first: string, layers: readonly Layer[]): { id: string; title: string; level: number } {
  const layer = layers.find((one) => one.path.test(path));
  if (!layer) throw new Error(`${path} has no layer in .dependency-cruiser.cjs`);
  const isEntry = layer.level === layers.length - 1;
  const { level, name } = layer;
  return { id: `core/${isEntry ? first : name}`, title: `${level} ${isEntry ? `entry: ${first}` : name}`, level };
}
