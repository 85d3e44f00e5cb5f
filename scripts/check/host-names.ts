import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, isTest } from '../source-files.ts';
import type { Check } from './check.ts';

const hostFile = 'packages/core/src/host.d.ts';
const allowed = new Set([
  'TextEncoder',
  'TextDecoder',
  'URL',
  'AbortSignal',
  'AbortController',
  'ReadableStream',
  'WritableStream',
  'SymbolConstructor.asyncDispose',
]);

/** Core compiles against ES2022 and a short list of host names, and the list stays short. */
export const hostNames: Check = {
  name: 'purity: host names',
  run: async (root) => {
    const faults = [...compilerFaults(root), ...declarationFaults(root)];
    return faults.length > 0 ? faults.join('\n') : undefined;
  },
};

function compilerFaults(root: string): string[] {
  const path = 'packages/core/tsconfig.json';
  const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(join(root, path), {}, parseHost)!;
  const compiled = new Set(fileNames.map((name) => name.slice(join(root, '/').length)));
  const sources = filesBelow(root, 'packages/core/src').filter((file) => file.endsWith('.ts') && !isTest(file));
  const faults = sources.filter((file) => !compiled.has(file)).map((file) => `leaves out ${file}`);
  if (options.lib?.join() !== 'lib.es2022.d.ts')
    faults.push(`lib is ${options.lib?.join()}: it has to be ES2022 alone`);
  if (options.types?.length !== 0) faults.push(`types is ${options.types?.join()}: it has to be an empty list`);
  return faults.map((fault) => `${path}: ${fault}`);
}

const parseHost: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  },
};

function declarationFaults(root: string): string[] {
  const text = readFileSync(join(root, hostFile), 'utf8');
  const file = ts.createSourceFile(hostFile, text, ts.ScriptTarget.ES2022, true);
  return file.statements
    .flatMap(declaredNames)
    .filter((name) => !allowed.has(name))
    .map((name) => `${hostFile}: declares ${name}, which is not on the list of the house check`);
}

/** The global names that a statement brings; for an interface of the language itself, the members that it adds. */
function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  if (ts.isInterfaceDeclaration(statement)) {
    const { name, members } = statement;
    if (!name.text.endsWith('Constructor')) return [name.text];
    return members.map((member) => `${name.text}.${member.name?.getText() ?? 'a signature'}`);
  }
  return [statement.getText().split('\n', 1)[0]!];
}
