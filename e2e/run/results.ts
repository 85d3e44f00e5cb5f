import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './outcome.ts';

const folder = fileURLToPath(new URL('../.artifacts/scenarios/', import.meta.url));

/** The outcome of one scenario on one platform. */
export interface Result extends Outcome {
  readonly behaviour: string;
  readonly name: string;
}

/** Keeps the results of a platform as JSON, and beside it a table of behaviours by platforms from all that are kept. */
export function writeResults(platform: string, results: readonly Result[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${platform}.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${folder}table.md`, formatTable(readResults()));
}

function readResults(): Map<string, readonly Result[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.sort().map((file) => [file.slice(0, -'.json'.length), parseResults(file)]));
}

function parseResults(file: string): readonly Result[] {
  return JSON.parse(readFileSync(folder + file, 'utf8')) as readonly Result[];
}

/** `7 of 7` in each cell; an empty cell was not run. */
function formatTable(platforms: Map<string, readonly Result[]>): string {
  const behaviours = new Set([...platforms.values()].flat().map((result) => result.behaviour));
  const cell = (behaviour: string, results: readonly Result[]) => {
    const own = results.filter((result) => result.behaviour === behaviour);
    return own.length === 0 ? '' : `${own.filter((result) => result.ok).length} of ${own.length}`;
  };
  const columns = [...platforms.keys()];
  return (
    formatRow(['behaviour', ...columns]) +
    formatRow(['---', ...columns.map(() => '---')]) +
    [...behaviours].map((name) => formatRow([name, ...[...platforms.values()].map((own) => cell(name, own))])).join('')
  );
}

function formatRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
