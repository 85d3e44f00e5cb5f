// What an import may cost an app, minified and gzipped. `npm run check` measures the built packages.
const imports = [
  {
    name: "import { connect } from '@holdfast/web'",
    path: 'packages/web/dist/index.js',
    import: '{ connect }',
    // docs/decisions/0003: the aim is 3.0 kB.
    limit: '5.83 kB',
  },
  {
    name: "import { connect } from 'holdfast', in a browser",
    path: 'packages/holdfast/dist/web.js',
    import: '{ connect }',
    limit: '5.86 kB',
  },
  {
    name: "import { json } from 'holdfast/codec'",
    path: 'packages/holdfast/dist/codec.js',
    import: '{ json }',
    limit: '1.4 kB',
  },
  {
    name: "import { binary } from 'holdfast/codec'",
    path: 'packages/holdfast/dist/codec.js',
    import: '{ binary }',
    limit: '1.1 kB',
  },
  {
    name: "import { delivery, deliver } from 'holdfast/delivery', in a browser",
    path: 'packages/holdfast/dist/web-delivery.js',
    import: '{ delivery, deliver }',
    limit: '4.95 kB',
  },
  {
    name: "import { delivery, deliver, deliveryStore } from 'holdfast/delivery', in a browser",
    path: 'packages/holdfast/dist/web-delivery.js',
    import: '{ delivery, deliver, deliveryStore }',
    limit: '7.2 kB',
  },
  {
    name: "import { sendFile } from 'holdfast/files', in a browser",
    path: 'packages/holdfast/dist/web-files.js',
    import: '{ sendFile }',
    limit: '5.6 kB',
  },
  {
    name: "import { FrameDecoder, encodeFrame } from '@holdfast/core'",
    path: 'packages/core/dist/index.js',
    import: '{ FrameDecoder, encodeFrame }',
    limit: '3.15 kB',
  },
  {
    name: "import { instrument } from '@holdfast/otel', besides OpenTelemetry's API",
    path: 'packages/otel/dist/index.js',
    import: '{ instrument }',
    ignore: ['@opentelemetry/api'],
    limit: '2 kB',
  },
  {
    name: "import { createRpc } from 'holdfast/rpc'",
    path: 'packages/holdfast/dist/rpc.js',
    import: '{ call, createRpc, defineApi }',
    limit: '3.1 kB',
  },
  {
    name: "import { serveRpc } from 'holdfast/rpc'",
    path: 'packages/holdfast/dist/rpc.js',
    import: '{ call, defineApi, serveRpc }',
    limit: '3 kB',
  },
];

module.exports = imports.map((entry) => ({
  ...entry,
  gzip: true,
  // As in an app, which has none of our paths to sources.
  modifyEsbuildConfig: (config) => ({ ...config, tsconfigRaw: {} }),
}));
