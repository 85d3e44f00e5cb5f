import { existsSync, readFileSync } from 'node:fs';
import { house } from '../../../scripts/house.ts';
import { pages } from './code-blocks.ts';

interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestAt = (folder: string) => JSON.parse(readFileSync(`${house}/${folder}package.json`, 'utf8')) as Manifest;
const root = manifestAt('');
const ours = ['core', 'node', 'web', 'holdfast', 'otel'].map((name) => manifestAt(`packages/${name}/`));
const known = new Set([
  ...ours.map(({ name = '' }) => name),
  ...[root, manifestAt('docs/'), manifestAt('e2e/')].flatMap((one) => Object.keys(one.devDependencies ?? {})),
]);
const bins = new Set(ours.flatMap(({ name = '', bin = {} }) => (typeof bin === 'string' ? [name] : Object.keys(bin))));

/** Commands that are right although nothing here says so, each with its reason. */
export const exempt: Readonly<Record<string, string>> = {
  'npm run dev': 'a script of what `npm create vite` makes',
  'npm init -y': 'npm has it',
};

/** The commands of a block of a shell, without comments. */
export function commandsIn(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split(/\n|&&/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
}

/** What is wrong with a command, or undefined: its script, package, program or file has to be there. */
export function faultOf(command: string): string | undefined {
  const [program = '', verb = '', ...rest] = command.split(/\s+/);
  if (command in exempt || program === 'cd' || program === 'mkdir' || bins.has(program)) return undefined;
  if (program === 'npm') return npmFault(verb, rest);
  if (program === 'npx') {
    return bins.has(verb) || existsSync(`${house}/node_modules/.bin/${verb}`) ? undefined : `no program ${verb}`;
  }
  if (program === 'node') {
    return pages.some((page) => readFileSync(`${house}/${page}`, 'utf8').includes(`\`${verb}\``))
      ? undefined
      : `no page tells of ${verb}`;
  }
  return `${program} is not known`;
}

function npmFault(verb: string, rest: readonly string[]): string | undefined {
  const [first = ''] = rest;
  if (verb === 'run') return root.scripts?.[first] ? undefined : `no script ${first}`;
  if (verb === 'start' || verb === 'test') return root.scripts?.[verb] ? undefined : `no script ${verb}`;
  const names = verb === 'create' ? [first.replace(/@latest$/, '')] : rest.filter((word) => !word.startsWith('-'));
  if (verb !== 'install' && verb !== 'create') return `npm ${verb} is not known`;
  const strange = names.filter((name) => !known.has(name));
  return strange.length > 0 ? `not among our packages: ${strange.join(', ')}` : undefined;
}
