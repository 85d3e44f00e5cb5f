import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cellCount, type RuleRow } from './rule-rows.ts';
import { readTestNames } from './test-names.ts';

/** How a cell begins that names no file, or not only files. */
const reason = /^(?:not ours|departure): .{10,}/;
const citation = /`([^`]+\.test\.ts)`: ((?:“[^”]+”(?:, )?)+)/g;

/** What is wrong with one row by itself: empty cells, files that are not there, tests that there are not. */
export function rowFaults(root: string, { cells }: RuleRow): string[] {
  if (cells.length !== cellCount) return [`${cells.length} cells, expected ${cellCount}`];
  const empty = cells.flatMap((cell, index) => (/\w/.test(cell) ? [] : [`cell ${index + 1} is empty`]));
  const [kept = '', shown = ''] = cells.slice(4);
  return [...empty, ...keptFaults(root, kept), ...shownFaults(root, kept, shown)];
}

function keptFaults(root: string, kept: string): string[] {
  const files = [...kept.matchAll(/`([^`]+\.ts)`/g)].map(([, file = '']) => file);
  if (files.length === 0 && !reason.test(kept)) return [`no file and no reason: ${kept}`];
  return files.filter((file) => !placeOf(root, file)).map((file) => `there is no ${file}`);
}

function shownFaults(root: string, kept: string, shown: string): string[] {
  const citations = [...shown.matchAll(citation)];
  const isExempt = /^(?:not ours|departure)/.test(kept) && /^nothing to show: .{5,}/.test(shown);
  if (citations.length === 0) return isExempt ? [] : [`no test: ${shown}`];
  const rest = shown.replaceAll(citation, '').replaceAll(/[; ]/g, '');
  const unread = rest === '' ? [] : [`not a test: ${rest}`];
  return [...unread, ...citations.flatMap(([, file = '', names = '']) => testFaults(root, file, names))];
}

function testFaults(root: string, file: string, names: string): string[] {
  const place = placeOf(root, file);
  if (!place) return [`there is no ${file}`];
  const known = readTestNames(place);
  const cited = [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);
  return cited.filter((name) => !known.has(name)).map((name) => `${file} has no test “${name}”`);
}

/** Files are named from `packages/` on, or from the root. */
function placeOf(root: string, file: string): string | undefined {
  return [join(root, 'packages', file), join(root, file)].find((path) => existsSync(path));
}
