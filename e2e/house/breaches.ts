import { randomBytes } from 'node:crypto';
import { architecture } from '../../scripts/check/architecture.ts';
import type { Check } from '../../scripts/check/check.ts';
import { dependencies } from '../../scripts/check/dependencies.ts';
import { hostNames } from '../../scripts/check/host-names.ts';
import { layers } from '../../scripts/check/layers.ts';
import { lint } from '../../scripts/check/lint.ts';
import { purity } from '../../scripts/check/purity.ts';
import { rfcMap } from '../../scripts/check/rfc-map.ts';
import { sizes } from '../../scripts/check/sizes.ts';
import { coreTypes } from '../../scripts/check/types.ts';
import { webBundle } from '../../scripts/check/web-bundle.ts';
import { adds, type Plant, replaces } from './plant.ts';

/** One way to break a house rule: `caughtBy` has to complain and its complaint has to say `says`, a file most often. */
export interface Breach {
  readonly name: string;
  readonly caughtBy: Check;
  readonly says: string;
  readonly plant: Plant;
}

const core = 'packages/core/src';
const node = 'packages/node/src';
const web = 'packages/web/src';

const hostNamesInCore: Breach[] = [
  'setTimeout(() => 1, 1)',
  'process.pid',
  "Buffer.from('a')",
  'document.title',
  "new WebSocket('ws://localhost')",
  "fetch('http://localhost')",
  "console.log('a')",
  'crypto.randomUUID()',
].map((code) => inFile(`${core}/session/planted.ts`, `export const planted = ${code};`, `${code} in core`, coreTypes));

const timeAndChanceInCore: Breach[] = [
  'Date.now()',
  'new Date()',
  'Math.random()',
  "Math['random']()",
  '[Math].length',
  'performance.now()',
  'globalThis',
  "import('../clock.ts')",
  "require('net')",
].map((code) => inFile(`${core}/session/planted.ts`, `export const planted = ${code};`, `${code} in core`, purity));

const doorsInCore: Breach[] = [
  inFile(
    `${core}/planted.ts`,
    'export declare const process: { pid: number };',
    'a host name declared in core',
    purity,
  ),
  inFile(`${core}/planted.ts`, '/// <reference types="node" />', 'the types of Node in core', purity),
  inFile(`${core}/planted.ts`, '// @ts-ignore\nexport const planted = process;', 'a silenced compiler in core', purity),
  inFile(`${core}/planted.d.ts`, 'declare var process: 1;', 'a second file of host names in core', purity),
  inFile(`${core}/host.d.ts`, 'declare var process: 1;', 'a host name too many', hostNames),
  {
    name: 'the types of Node in the compiler options of core',
    caughtBy: hostNames,
    says: 'packages/core/tsconfig.json: types is node',
    plant: replaces('packages/core/tsconfig.json', '"types": []', '"types": ["node"]'),
  },
  {
    name: 'the library of the browser in the compiler options of core',
    caughtBy: hostNames,
    says: 'packages/core/tsconfig.json: lib is lib.es2022.d.ts,lib.dom.d.ts',
    plant: replaces('packages/core/tsconfig.json', '"ES2022"', '"ES2022", "DOM"'),
  },
];

const imports: Breach[] = [
  importing(`${core}/session/planted.ts`, 'node:net', 'node:net in core'),
  importing(`${core}/session/planted.ts`, 'esbuild', 'a package from elsewhere in core'),
  importing(`${core}/session/planted.ts`, '../frame/frame.ts', 'session to wire'),
  importing(`${core}/protocol/planted.ts`, '../events/emitter.ts', 'wire to session'),
  importing(`${core}/bytes/planted.ts`, '../frame/frame.ts', 'a lower layer to a higher one'),
  importing(`${core}/planted.ts`, './index.ts', 'vocabulary to an entry'),
  importing(`${core}/adapter.ts`, './frame/frame.ts', 'the entry for adapters to wire'),
  importing(`${web}/planted.ts`, '@holdfast/core', 'web to wire, through the entry for apps'),
  importing(`${web}/planted.ts`, '../../core/src/events/emitter.ts', 'web to a file of core that is no entry'),
  importing(`${web}/planted.ts`, '@holdfast/node', 'web to node'),
  importing(`${web}/planted.ts`, 'node:net', 'web to a module of Node'),
  importing(`${node}/planted.ts`, '@holdfast/web', 'node to web'),
  importing(`${node}/planted.ts`, '../../core/src/index.ts', 'node to core by path'),
  importing(`${node}/handshake/planted.ts`, 'node:net', 'the handshake to node:net'),
  importing(`${node}/planted.ts`, '@holdfast/core/testing', 'the testing entry in the product'),
  importing('packages/holdfast/src/web.ts', '@holdfast/node', 'node in the entry of the one name for the web'),
  importing('packages/holdfast/src/options.ts', '@holdfast/web', 'web in what the entries of the one name share'),
  importing('packages/otel/src/planted.ts', '@holdfast/node', 'a platform in what measures all of them'),
  importing(`${core}/bytes/planted.ts`, './utf8.test.ts', 'a test in the product'),
  importing(`${core}/frame/planted.ts`, './three-ways.test-helper.ts', 'a helper of tests in the product'),
  {
    name: 'an import cycle',
    caughtBy: layers,
    says: `${core}/bytes/planted.ts`,
    plant: adds({
      [`${core}/bytes/planted.ts`]: "export * from './other.ts';",
      [`${core}/bytes/other.ts`]: "export * from './planted.ts';",
    }),
  },
  {
    name: 'a file of core that no layer holds',
    caughtBy: layers,
    says: `${core}/odds/planted.ts`,
    plant: adds({
      [`${core}/odds/planted.ts`]: 'export const planted = 1;',
      [`${core}/odds/user.ts`]: "export { planted } from './planted.ts';",
    }),
  },
];

const others: Breach[] = [
  inFile(`${node}/planted.ts`, 'async function planted() {}\nplanted();', 'a promise that nobody waits for', lint),
  {
    name: 'a dependency of core',
    caughtBy: dependencies,
    says: 'packages/core/package.json: ws',
    plant: replaces('packages/core/package.json', '{', '{ "dependencies": { "ws": "8.0.0" },'),
  },
  {
    name: 'a bundle for the web over its limit',
    caughtBy: sizes,
    says: '@holdfast/web',
    // Random text stays as long as it is when it is compressed.
    plant: adds({ 'packages/web/dist/connect.js': `globalThis.planted = '${randomBytes(3000).toString('base64')}';` }),
  },
  {
    name: 'a wire file in the bundle for the web',
    caughtBy: webBundle,
    says: 'packages/core/dist/frame/frame-decoder.js',
    plant: adds({
      'packages/web/dist/connect.js':
        "import { FrameDecoder } from '@holdfast/core';\nglobalThis.planted = FrameDecoder;",
    }),
  },
  {
    name: 'an opt-in in the bundle of who did not ask for it',
    caughtBy: webBundle,
    says: 'packages/core/dist/codec/json.js',
    plant: adds({
      'packages/web/dist/connect.js': "import { json } from '@holdfast/core/codec';\nglobalThis.planted = json;",
    }),
  },
];

const map = 'docs/rfc-map.md';

const rules: Breach[] = [
  inMap('a test of a rule that is not there', '`: “', '`: “planted ', 'has no test “planted '),
  inMap('a file that keeps a rule and is not there', '| `core/src/', '| `core/src/planted/', 'core/src/planted/'),
  inMap('a rule that was left out', '\n| 2 |', '\n- 2 |', 'number 3, expected 2'),
];

const drawing: Breach[] = [
  {
    name: 'an import that no page shows',
    caughtBy: architecture,
    says: 'docs/architecture.md is not as the code is',
    plant: adds({ [`${core}/frame/mask.ts`]: "import '../bytes/byte-queue.ts';" }),
  },
  {
    name: 'a walk that the code no longer takes',
    caughtBy: architecture,
    says: 'core/src/protocol/protocol.ts #sendPayload does not call splitPayload',
    plant: replaces(`${core}/protocol/protocol.ts`, 'splitPayload(body, this', '((it: Uint8Array) => [it])(body, this'),
  },
];

/** Every breach that the house checks are shown to catch. */
export const breaches: readonly Breach[] = [
  ...hostNamesInCore,
  ...timeAndChanceInCore,
  ...doorsInCore,
  ...imports,
  ...rules,
  ...drawing,
  ...others,
];

function inFile(file: string, code: string, name: string, caughtBy: Check): Breach {
  return { name, caughtBy, says: file, plant: adds({ [file]: code }) };
}

function importing(file: string, target: string, name: string): Breach {
  return inFile(file, `export * from '${target}';`, name, layers);
}

function inMap(name: string, from: string, to: string, says: string): Breach {
  return { name, caughtBy: rfcMap, says, plant: replaces(map, from, to) };
}
