import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { house } from '../../../scripts/house.ts';
import { peers } from '../all.ts';
import { pagePath, renderPage } from './render-page.ts';
import { runAll } from './run-all.ts';

const { values } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false } } });

const results = await runAll(peers, (line) => console.log(line));
const { passed, failed } = results.total;
const isWhole = peers.every((peer) => results.versionOf(peer) !== undefined);
if (values.write && !isWhole) throw new Error(`${pagePath} is written from a run with every peer`);
if (values.write) {
  writeFileSync(join(house, pagePath), renderPage(peers, results));
  console.log(`wrote ${pagePath}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
