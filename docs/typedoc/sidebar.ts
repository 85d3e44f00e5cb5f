import { type ApiModule, apiModules } from './modules.ts';

/** The modules, by the package that is installed for them. */
const packages = ['holdfast', '@holdfast/node', '@holdfast/web', '@holdfast/otel', '@holdfast/core'];

/** The sidebar of the reference: a page for each module. No group can be folded: its arrow would be a button in a button. */
export const apiSidebar: SidebarItem[] = [
  { text: 'API reference', link: '/api/' },
  ...packages.map((name) => ({
    text: name,
    items: apiModules.filter((module) => isOf(name, module)).map((module) => itemOf(module)),
  })),
];

interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly items?: SidebarItem[];
}

function isOf(name: string, module: ApiModule): boolean {
  return module.name === name || module.name.startsWith(`${name}/`);
}

function itemOf({ name }: ApiModule): SidebarItem {
  return { text: name, link: `/api/${name.replace('@holdfast/', '')}` };
}
