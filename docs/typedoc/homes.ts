import {
  type DeclarationReflection,
  type ProjectReflection,
  type ReferenceReflection,
  ReflectionGroup,
  ReflectionKind,
} from 'typedoc';
import { apiModules } from './modules.ts';

/**
 * Describes each name in the first module that has it, or where `modules.ts` says that it belongs; on the pages of other
 * modules there is a link. typedoc by itself takes the module that is nearest to the source.
 */
export function moveNamesHome(project: ProjectReflection): void {
  const modules = apiModules.map(({ source, owns = [] }) => ({ module: moduleOf(project, source), owns }));
  for (let last = modules.length - 1; last >= 0; last--) {
    const { module, owns } = modules[last]!;
    for (const name of referencesIn(module)) {
      if (!owns.includes(name.name) && modules.some((other) => other.owns.includes(name.name))) continue;
      moveHere(module, name);
    }
  }
  for (const { module, owns } of modules) {
    for (const name of referencesIn(module)) if (owns.includes(name.name)) moveHere(module, name);
  }
  for (const { module } of modules) module.groups = groupsOf(module);
}

/** The module that typedoc made of a source file. */
export function moduleOf({ children = [] }: ProjectReflection, source: string): DeclarationReflection {
  const module = children.find(({ name }) => name === source.replace(/\.ts$/, '').replace(/\/index$/, ''));
  if (!module) throw new Error(`typedoc has no module for packages/${source}`);
  return module;
}

function referencesIn({ children = [] }: DeclarationReflection): ReferenceReflection[] {
  return children.filter((child): child is ReferenceReflection => child.isReference());
}

/** What a name of this module refers to, in another one, and the name change places. */
function moveHere(module: DeclarationReflection, name: ReferenceReflection): void {
  const described = name.tryGetTargetReflectionDeep() as DeclarationReflection | undefined;
  const other = described?.parent as DeclarationReflection | undefined;
  if (!described || !other || described.name !== name.name) return;
  replace(module, name, described);
  replace(other, described, name);
}

function replace(module: DeclarationReflection, old: DeclarationReflection, next: DeclarationReflection): void {
  module.children = (module.children ?? []).map((child) => (child === old ? next : child));
  next.parent = module;
}

/** What an app calls comes first; names in the order of a dictionary. */
const kinds = [
  ReflectionKind.Function,
  ReflectionKind.Class,
  ReflectionKind.Interface,
  ReflectionKind.TypeAlias,
  ReflectionKind.Variable,
  ReflectionKind.Reference,
];

function groupsOf(module: DeclarationReflection): ReflectionGroup[] {
  const { children = [] } = module;
  const strange = children.find(({ kind }) => !kinds.includes(kind));
  if (strange) throw new Error(`docs/typedoc/homes.ts has no place for ${ReflectionKind.singularString(strange.kind)}`);
  const sorted = [...children].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  return kinds.flatMap((kind) => {
    const group = new ReflectionGroup(ReflectionKind.pluralString(kind), module);
    group.children = sorted.filter((child) => child.kind === kind);
    return group.children.length > 0 ? [group] : [];
  });
}
