/** What an app can import from, and what for; the first that has a name is where the name is described. */
export interface ApiModule {
  /** What stands behind `from`. */
  readonly name: string;
  /** Its source below `packages/`. */
  readonly source: string;
  /** One sentence for who has to choose. */
  readonly purpose: string;
  /** What is described here and not in an earlier module, which has only the types of it. */
  readonly owns?: readonly string[];
}

/** What stands above the list of modules. */
export const introduction = `# API reference

Written from the sources of this version. A name is described where an app imports it; where a module has a name of
another one, a link leads there. Most apps need the first module alone: [Getting started](/guide/getting-started) shows
how it is used, and [Events and options](/guide/events) explains the options with their defaults.`;

/** Every entry of every package, in the order in which a reader looks for a name. */
export const apiModules: readonly ApiModule[] = [
  {
    name: 'holdfast',
    source: 'holdfast/src/index.ts',
    purpose: 'The client, the same in a browser and in Node. Begin here.',
  },
  {
    name: 'holdfast/delivery',
    source: 'holdfast/src/delivery.ts',
    purpose: 'Delivery without loss or duplicates, and the store that the platform has.',
  },
  {
    name: 'holdfast/codec',
    source: 'holdfast/src/codec.ts',
    purpose: 'What messages mean: JSON, binary formats, schemas.',
  },
  { name: 'holdfast/rpc', source: 'holdfast/src/rpc.ts', purpose: 'Calls, answers and streams over a line.' },
  {
    name: 'holdfast/testing',
    source: 'holdfast/src/testing.ts',
    purpose: 'A server in memory and a clock that your test moves.',
  },
  {
    name: '@holdfast/node',
    source: 'node/src/index.ts',
    purpose: 'The client for Node alone, and the standard WebSocket class.',
    owns: ['WebSocket', 'WebSocketEventMap', 'WebSocketOptions', 'NodeClient', 'NodeSendOptions'],
  },
  {
    name: '@holdfast/node/server',
    source: 'node/src/server.ts',
    purpose: 'The server half, for any WebSocket client.',
  },
  {
    name: '@holdfast/node/delivery',
    source: 'node/src/delivery.ts',
    purpose: 'Delivery in Node, with a store in a file.',
  },
  {
    name: '@holdfast/web',
    source: 'web/src/index.ts',
    purpose: 'The client for browsers alone, with what only they have.',
  },
  {
    name: '@holdfast/web/delivery',
    source: 'web/src/delivery.ts',
    purpose: 'Delivery in a browser, with a store in IndexedDB.',
  },
  {
    name: '@holdfast/otel',
    source: 'otel/src/index.ts',
    purpose: 'The health of clients and servers, as metrics of OpenTelemetry.',
  },
  {
    name: '@holdfast/core',
    source: 'core/src/index.ts',
    purpose: 'Frames, messages and the protocol without any I/O, for tools that look at the wire.',
  },
  {
    name: '@holdfast/core/codec',
    source: 'core/src/codec.ts',
    purpose: 'What `holdfast/codec` is made of.',
  },
  {
    name: '@holdfast/core/rpc',
    source: 'core/src/rpc.ts',
    purpose: 'What `holdfast/rpc` is made of: timers and randomness are handed in.',
  },
  {
    name: '@holdfast/core/delivery',
    source: 'core/src/delivery.ts',
    purpose: 'What `holdfast/delivery` is made of, for other ends of the sub-protocol.',
  },
  {
    name: '@holdfast/core/testing',
    source: 'core/src/testing.ts',
    purpose: 'What `holdfast/testing` is made of, and the contract of a link.',
  },
  {
    name: '@holdfast/core/adapter',
    source: 'core/src/adapter.ts',
    purpose: 'For who brings holdfast to another platform. It may change in a minor version.',
  },
];
