// Writes the pages of the reference into docs/api, from the sources of the packages: a part of the site's build.
import { fileURLToPath } from 'node:url';
import { Application, Comment, type PageEvent, type ProjectReflection, type TypeDocOptions } from 'typedoc';
import { MarkdownPageEvent, type PluginOptions } from 'typedoc-plugin-markdown';
import { finishPage } from './finish-page.ts';
import { moduleOf, moveNamesHome } from './homes.ts';
import { apiModules, introduction } from './modules.ts';
import { ReferenceRouter, ReferenceTheme } from './theme.ts';

const options: Partial<TypeDocOptions> & Partial<PluginOptions> & { docsRoot: string } = {
  entryPoints: apiModules.map(({ source }) => pathOf(`../../packages/${source}`)),
  tsconfig: pathOf('packages.tsconfig.json'),
  // `npm run check` holds the types.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  theme: 'reference',
  router: 'reference',
  out: pathOf('../api'),
  docsRoot: pathOf('..'),
  name: 'API reference',
  readme: 'none',
  mergeReadme: true,
  entryFileName: 'index',
  excludeScopesInPaths: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  pageTitleTemplates: { index: '{projectName}', module: '{name}', member: '{name}' },
  indexFormat: 'table',
  expandParameters: true,
  parametersFormat: 'none',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true },
  sort: ['source-order'],
  sortEntryPoints: false,
  groupOrder: ['Constructors', 'Properties', 'Accessors', 'Methods', '*'],
  logLevel: 'Warn',
};

const application = await Application.bootstrapWithPlugins(options);
application.renderer.defineRouter('reference', ReferenceRouter);
application.renderer.defineTheme('reference', ReferenceTheme);
application.renderer.on(MarkdownPageEvent.END, (page: PageEvent) => {
  page.contents = finishPage(page.contents ?? '');
});
const project = await application.convert();
if (!project) throw new Error('typedoc could not read the sources');
moveNamesHome(project);
nameModules(project);
project.readme = [{ kind: 'text', text: introduction }];
await application.generateOutputs(project);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);

/** Modules get the names that stand behind `from`, instead of those of their files, and a word on what they are for. */
function nameModules(whole: ProjectReflection): void {
  const modules = apiModules.map(({ source, name, purpose }) => ({ module: moduleOf(whole, source), name, purpose }));
  for (const { module, name, purpose } of modules) {
    module.name = name;
    module.comment = new Comment([{ kind: 'text', text: purpose }]);
  }
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
