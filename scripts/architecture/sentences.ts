import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** What a file says of itself: the first sentence above its main export, or of the comment that it begins with. */
export function sentenceOf(root: string, path: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const exported = file.statements.filter(isExported);
  const main = exported.filter((statement) => namesOf(statement).some((name) => isMain(name, path)));
  // Where nothing is named after the file, what it does says more than the shapes that it does it with.
  const documented = [...main, ...exported.filter(isCode), ...exported].map(docOf).find((doc) => doc !== undefined);
  return firstSentence(documented ?? headComment(text));
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && !!ts.getModifiers(statement)?.some(isExportKeyword);
}

function isExportKeyword({ kind }: ts.Modifier): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

function isCode(statement: ts.Statement): boolean {
  return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name ? [name.getText()] : [];
}

/** Whether the file is named after this: `frame-decoder.ts` after `FrameDecoder`, `close-code.ts` after `CloseCode`. */
function isMain(name: string, path: string): boolean {
  return name.toLowerCase() === basename(path, '.ts').replaceAll('-', '').toLowerCase();
}

function docOf(statement: ts.Statement): string | undefined {
  const docs = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(docs.at(-1)?.comment);
}

/** The line comments that a file without documented exports begins with. */
function headComment(text: string): string {
  const ranges = ts.getLeadingCommentRanges(text, 0) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end).replace(/^\/\/ ?|^\/\*\*? ?|\*\/$/g, '')).join(' ');
}

function firstSentence(text: string): string {
  const line = text.split('\n\n', 1)[0]?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return /^.*?\.(?= [A-Z`]|$)/.exec(line)?.[0] ?? line;
}
