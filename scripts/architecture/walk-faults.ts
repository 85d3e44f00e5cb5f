import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-graph.ts';
import type { Hop, Place } from './walks.ts';

/** What is wrong with a hop: a file or a name that is not there, a call that is not made, an import that is missing. */
export function hopFaults(root: string, { from, calls, to, through }: Hop, graph: readonly SourceFile[]): string[] {
  const ends = [from, to, ...(through ? [through] : [])];
  const missing = ends.filter((place) => declarationsOf(root, place).length === 0);
  if (missing.length > 0) return missing.map((place) => `there is no ${place}`);
  const hasCall = declarationsOf(root, from).some((node) => callsIn(node).has(calls));
  const fault = hasCall ? [] : [`${from} does not call ${calls}`];
  const links = through ? [[from, through] as const, [to, through] as const] : [[from, to] as const];
  const apart = links.filter(([a, b]) => !isWithinReach(fileOf(a), fileOf(b), graph));
  return [...fault, ...apart.map(([a, b]) => `${fileOf(a)} does not import ${fileOf(b)}`)];
}

/** Both ends of a hop, taken apart. */
export function splitPlace(place: Place): readonly [file: string, name: string] {
  return place.split(' ') as [string, string];
}

function fileOf(place: Place): string {
  return `packages/${splitPlace(place)[0]}`;
}

/** Whether a file imports another, itself or through an entry that hands it on. */
function isWithinReach(from: string, to: string, graph: readonly SourceFile[]): boolean {
  const importsOf = (path: string) =>
    graph.find((file) => file.path === path)?.imports.map(({ target }) => target) ?? [];
  const entries = importsOf(from).filter((path) => /^packages\/core\/src\/[^/]+\.ts$/.test(path));
  return from === to || [from, ...entries].some((path) => importsOf(path).includes(to));
}

/** Everything that a file declares by this name: functions, members, and what is kept in variables. */
function declarationsOf(root: string, place: Place): ts.Node[] {
  const [file, name] = splitPlace(place);
  const path = join(root, 'packages', file);
  if (!existsSync(path)) return [];
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (nameOf(node) === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Node): string | undefined {
  // `socket.onmessage = …` gives a name too.
  if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) return node.left.name.text;
  const isNamed = ts.isFunctionLike(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node);
  return isNamed && node.name ? node.name.getText() : undefined;
}

/** The names of all that is called inside: `send` of `this.#wire.send(…)`. */
function callsIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (ts.isCallExpression(inner)) {
      const { expression } = inner;
      names.add(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
    }
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}
