import { packageFolders } from '../house.ts';
import { runTool } from '../run-tool.ts';
import { isTest } from '../source-files.ts';

/** A source file of a package, as a path from the root, and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** One import: a source file of ours, a module of Node such as `node:net`, or a package of others by its name. */
export interface Import {
  readonly target: string;
  /** Only for types: nothing of it is left at run time. */
  readonly isType: boolean;
}

interface CruisedModule {
  readonly source: string;
  readonly dependencies: readonly CruisedDependency[];
}

interface CruisedDependency {
  readonly module: string;
  readonly resolved: string;
  readonly coreModule: boolean;
  readonly dependencyTypes: readonly string[];
}

/** The import graph of the packages without their tests, sorted by path, as dependency-cruiser reads it. */
export async function readSourceGraph(root: string): Promise<SourceFile[]> {
  const sources = packageFolders.map((folder) => `packages/${folder}/src`);
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  // Its exit status counts broken rules, which are the business of another check.
  const { stdout, output } = await runTool(root, 'depcruise', [...options, ...sources]);
  if (!stdout.startsWith('{')) throw new Error(`depcruise: ${output}`);
  const { modules } = JSON.parse(stdout) as { modules: readonly CruisedModule[] };
  return modules
    .filter(({ source }) => source.startsWith('packages/') && !isTest(source))
    .map(({ source, dependencies }) => ({ path: source, imports: importsOf(dependencies) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Each target once: an import of values and one of types from the same file are one. */
function importsOf(dependencies: readonly CruisedDependency[]): Import[] {
  const imports = new Map<string, Import>();
  for (const { module, resolved, coreModule, dependencyTypes } of dependencies) {
    const isPackage = resolved.includes('node_modules/');
    const target = coreModule ? `node:${module.replace(/^node:/, '')}` : isPackage ? module : resolved;
    const isType = dependencyTypes.includes('type-only') && imports.get(target)?.isType !== false;
    imports.set(target, { target, isType });
  }
  return [...imports.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}
