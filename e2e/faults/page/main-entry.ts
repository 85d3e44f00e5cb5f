import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { house } from '../../../scripts/house.ts';
import { lostInSilence, type Report } from '../report.ts';
import { drawMemory } from './draw-memory.ts';
import { chartPath, pagePath, renderPage } from './render-page.ts';
import { runAll } from './run-all.ts';

const { values } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false } } });

const results = await runAll((line) => console.log(line));
if (values.write) {
  const { devDependencies } = JSON.parse(readFileSync(join(house, 'e2e/package.json'), 'utf8'));
  writeFileSync(join(house, pagePath), renderPage(results, devDependencies));
  writeFileSync(join(house, chartPath), drawMemory(results.memory));
  console.log(`wrote ${pagePath} and ${chartPath}`);
}

const reports = [...results.blackHoles, ...results.faults];
const silentLoss = (some: readonly Report[]) => some.reduce((sum, report) => sum + lostInSilence(report), 0);
const ours = reports.filter(({ client }) => client.startsWith('holdfast'));
const others = reports.filter(({ client }) => !client.startsWith('holdfast'));
console.log(
  `holdfast lost ${silentLoss(ours)} messages in silence in ${ours.length} runs; ` +
    `others lost ${silentLoss(others)} in ${others.length} runs`,
);
process.exit(silentLoss(ours) > 0 || ours.length === 0 ? 1 : 0);
