// Who may import whom: the layer table of CONTRIBUTING.md as rules. `npm run check` holds them.
const test = '\\.test(-d|-helper)?\\.ts$';
const core = '^packages/core/src/';
const coreEntries = `${core}(index|adapter|testing|codec|delivery|rpc|files)\\.ts$`;
const wire = `${core}(bytes|frame|message|protocol)/`;
const session = `${core}(events|session|codec|delivery|rpc|files)/`;
const input = '^(node:)?(net|tls|http|http2|https|dns|dgram)(/|$)';

/** Lowest first. A file directly in src is vocabulary or an entry; a folder that is in none of them does not belong. */
const layers = [
  ['vocabulary', `${core}(?!(index|adapter|testing|codec|delivery|rpc|files)\\.ts$)[^/]+\\.ts$`],
  ['bytes', `${core}bytes/`],
  ['frame', `${core}frame/`],
  ['message', `${core}message/`],
  ['protocol', `${core}protocol/`],
  ['events', `${core}events/`],
  ['session', `${core}session/`],
  ['opt-in', `${core}(codec|delivery|rpc|files)/`],
  ['entries', `${coreEntries}|${core}testing/`],
];

const upward = layers.slice(0, -1).map(([name, path], index) => ({
  name: `no-import-above-${name}`,
  comment: 'A layer of core imports only its own or a lower one.',
  severity: 'error',
  from: { path, pathNot: test },
  to: { path: layers.slice(index + 1).map(([, higher]) => higher) },
}));

const forbidden = [
  ...upward,
  {
    name: 'no-cycle',
    comment: 'Two files that need each other are one idea, or miss a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every-import-resolves',
    severity: 'error',
    from: { path: '^packages/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'every-core-file-has-a-layer',
    severity: 'error',
    from: {},
    to: { path: core, pathNot: [...layers.map(([, path]) => path), test] },
  },
  {
    name: 'no-wire-to-session',
    severity: 'error',
    from: { path: wire, pathNot: test },
    to: { path: session },
  },
  {
    name: 'no-session-to-wire',
    severity: 'error',
    from: { path: session, pathNot: test },
    to: { path: wire },
  },
  {
    name: 'adapter-entry-without-wire',
    comment: 'The web package builds on this entry, and the browser frames for it.',
    severity: 'error',
    from: { path: `${core}adapter\\.ts$` },
    to: { path: wire, reachable: true },
  },
  {
    name: 'web-without-wire',
    severity: 'error',
    from: { path: '^packages/web/src/', pathNot: test },
    to: { path: wire, reachable: true },
  },
  {
    name: 'core-imports-only-core',
    severity: 'error',
    from: { path: core, pathNot: test },
    to: { pathNot: core },
  },
  {
    name: 'testing-only-in-tests',
    severity: 'error',
    from: {
      path: '^packages/[^/]+/src/',
      pathNot: [test, `${core}testing(/|\\.ts$)`, '^packages/holdfast/src/testing\\.ts$'],
    },
    to: { path: `${core}testing(/|\\.ts$)` },
  },
  {
    name: 'no-import-of-a-test',
    severity: 'error',
    from: {},
    to: { path: '\\.test(-d)?\\.ts$' },
  },
  {
    name: 'test-helpers-only-in-tests',
    severity: 'error',
    from: { pathNot: test },
    to: { path: '\\.test-helper\\.ts$' },
  },
  {
    name: 'core-only-through-its-entries',
    severity: 'error',
    from: { path: '^packages/(?!core/)[^/]+/src/' },
    to: { path: core, pathNot: coreEntries },
  },
  {
    name: 'packages-only-by-name',
    severity: 'error',
    from: { path: '^packages/([^/]+)/src/' },
    to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased'] },
  },
  {
    name: 'no-node-to-web',
    severity: 'error',
    from: { path: '^packages/node/src/' },
    to: { path: '^packages/(web|holdfast)/' },
  },
  {
    name: 'no-web-to-node',
    severity: 'error',
    from: { path: '^packages/web/src/' },
    to: { path: '^packages/(node|holdfast)/' },
  },
  ...['node', 'web'].map((platform) => ({
    name: `one-name-takes-${platform}-in-its-entry`,
    comment: 'The one name gives each platform its own package; types may speak of both.',
    severity: 'error',
    from: {
      path: '^packages/holdfast/src/',
      pathNot: [
        test,
        `^packages/holdfast/src/${platform}(-(delivery|files))?\\.ts$`,
        '^packages/holdfast/src/tool[./]',
      ],
    },
    to: { path: `^packages/${platform}/`, dependencyTypesNot: ['type-only'] },
  })),
  {
    name: 'web-has-no-host-modules',
    severity: 'error',
    from: { path: '^packages/(web/src/|holdfast/src/web(-(delivery|files))?\\.ts$)', pathNot: test },
    to: { pathNot: '^packages/' },
  },
  {
    name: 'node-uses-only-node',
    comment: 'The package has no dependency besides core.',
    severity: 'error',
    from: { path: '^packages/node/src/', pathNot: test },
    to: { pathNot: '^packages/', dependencyTypesNot: ['core'] },
  },
  {
    name: 'otel-takes-only-types-of-core',
    comment: 'It measures what it is given, on any platform, and reports to the API of OpenTelemetry alone.',
    severity: 'error',
    from: { path: '^packages/otel/src/', pathNot: test },
    to: { pathNot: ['^packages/otel/', '@opentelemetry/api'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'node-io-in-its-place',
    comment: 'One file does socket I/O, one folder dials, one accepts; all else is pure.',
    severity: 'error',
    from: { path: '^packages/node/src/', pathNot: [test, '^packages/node/src/(socket-link\\.ts$|dial/|server/)'] },
    to: { path: input },
  },
];

module.exports = {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist(-next|-last)?/' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.d.ts'] },
  },
};
