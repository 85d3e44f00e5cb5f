import { type ApiModule, apiModules } from './modules.ts';

/** The modules, by the package that is installed for them. */
const packages: readonly { readonly name: string; readonly isCollapsed: boolean }[] = [
  { name: 'holdfast', isCollapsed: false },
  { name: '@holdfast/node', isCollapsed: false },
  { name: '@holdfast/web', isCollapsed: false },
  { name: '@holdfast/core', isCollapsed: true },
];

/** The sidebar of the reference: a page for each module. */
export const apiSidebar: SidebarItem[] = [
  { text: 'API reference', link: '/api/', items: [] },
  ...packages.map(({ name, isCollapsed }) => ({
    text: name,
    collapsed: isCollapsed,
    items: apiModules.filter((module) => isOf(name, module)).map((module) => itemOf(module)),
  })),
];

interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: SidebarItem[];
}

function isOf(name: string, module: ApiModule): boolean {
  return module.name === name || module.name.startsWith(`${name}/`);
}

function itemOf({ name }: ApiModule): SidebarItem {
  return { text: name, link: `/api/${name.replace('@holdfast/', '')}` };
}
