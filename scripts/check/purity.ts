import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, isTest } from '../source-files.ts';
import type { Check } from './check.ts';

const source = 'packages/core/src';

/** Names that ES2022 itself offers and that a pure function has no use for: time, chance and ways around the compiler. */
const impureNames = new Set(['Date', 'performance', 'globalThis', 'require', 'eval', 'Function', 'self', 'window']);

/** Core takes time and chance as inputs, and opens no door in the compiler's list of allowed names. */
export const purity: Check = {
  name: 'purity: sources',
  run: async (root) => {
    const files = filesBelow(root, source).filter((file) => file.endsWith('.ts') && !isTest(file));
    const strayDeclarations = files.filter((file) => file.endsWith('.d.ts') && file !== `${source}/host.d.ts`);
    const faults = [
      ...strayDeclarations.map((file) => `${file}: only host.d.ts may declare what the host has`),
      ...files.filter((file) => !file.endsWith('.d.ts')).flatMap((file) => faultsIn(root, file)),
    ];
    return faults.length > 0 ? faults.join('\n') : undefined;
  },
};

function faultsIn(root: string, path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const faults = openDoors(file, text);
  const visit = (node: ts.Node): void => {
    const fault = faultOf(node);
    if (fault) faults.push(`${place(file, node.getStart(file))}: ${fault}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return faults;
}

function faultOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import() in core';
  if (isAmbientStatement(node)) return 'only host.d.ts may declare what the host has';
  if (!ts.isIdentifier(node) || isOwnName(node)) return undefined;
  if (node.text === 'Math') return isPureMath(node.parent) ? undefined : 'Math.random in core: chance is an input';
  return impureNames.has(node.text) ? `${node.text} in core: time, chance and the host are inputs` : undefined;
}

/** `Math` is fine where the very next thing names another member of it. */
function isPureMath(parent: ts.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text !== 'random';
}

/** A member or a type may have any name: `event.Date` is not the host's. */
function isOwnName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) &&
      parent.name === node) ||
    ts.isTypeReferenceNode(parent)
  );
}

/** A statement that claims a host name exists; `declare` on a class member only types what the class has. */
function isAmbientStatement(node: ts.Node): boolean {
  if (!ts.isStatement(node) || !ts.canHaveModifiers(node)) return false;
  return !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

/** Comments that change what the compiler lets through. */
function openDoors(file: ts.SourceFile, text: string): string[] {
  return [...text.matchAll(/\/\/\/\s*<reference|@ts-(?:ignore|nocheck|expect-error)/g)].map(
    (match) => `${place(file, match.index)}: ${match[0]} in core`,
  );
}

function place(file: ts.SourceFile, position: number): string {
  const { line, character } = file.getLineAndCharacterOfPosition(position);
  return `${file.fileName}:${line + 1}:${character + 1}`;
}
