import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What runs or groups tests. */
const runners = new Set(['describe', 'it', 'test']);
/** What a row of a table of tests is called by. */
const nameKeys = new Set(['name', 'url']);

/**
 * The names that a test file gives to its tests: those of the calls, and of the rows of its tables. What a template puts
 * in stands as `…`.
 */
export function readTestNames(path: string): Set<string> {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const text of namesAt(node)) names.add(text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function namesAt(node: ts.Node): string[] {
  if (ts.isCallExpression(node) && runners.has(rootOf(node))) {
    const [first] = node.arguments;
    return first && ts.isArrayLiteralExpression(first) ? textsIn(first) : textOf(first);
  }
  if (!ts.isPropertyAssignment(node)) return [];
  const { name, initializer } = node;
  if (ts.isIdentifier(name)) return nameKeys.has(name.text) ? textOf(initializer) : [];
  const isRow = ts.isObjectLiteralExpression(initializer) || ts.isArrayLiteralExpression(initializer);
  return isRow && ts.isStringLiteral(name) ? [name.text] : [];
}

/** `test` of `test.for(rows)(…)`. */
function rootOf({ expression }: ts.CallExpression): string {
  let root: ts.Node = expression;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
  return root.getText();
}

/** The texts of a table that is a list, or a list of lists. */
function textsIn(list: ts.ArrayLiteralExpression): string[] {
  return list.elements.flatMap((element) =>
    ts.isArrayLiteralExpression(element) ? textsIn(element) : textOf(element),
  );
}

function textOf(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  const spans = node.templateSpans.map(({ literal }) => `…${literal.text}`);
  return [(node.head.text + spans.join('')).replaceAll(/…+/g, '…')];
}
