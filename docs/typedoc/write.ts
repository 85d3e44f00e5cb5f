import { fileURLToPath } from 'node:url';
import { Application, type ProjectReflection } from 'typedoc';
import { apiModules } from './modules.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const t0 = performance.now();
const app = await Application.bootstrapWithPlugins({
  entryPoints: apiModules.map(({ source }) => here(`../../packages/${source}`)),
  tsconfig: here('tsconfig.json'),
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  router: 'module',
  out: here('../api'),
  docsRoot: here('..'),
  readme: 'none',
  entryFileName: 'index',
  sort: ['source-order'],
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  skipErrorChecking: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationFormat: 'table',
} as never);
const project = (await app.convert()) as ProjectReflection;
console.log('convert', performance.now() - t0);
console.log(project.children?.map((c) => c.name));
await app.generateOutputs(project);
console.log('all', performance.now() - t0);
