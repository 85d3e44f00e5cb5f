// Runs the rows of e2e/conformance: `npm run conformance`. Arguments: beginnings of row numbers, and --write for the page.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seed, seedName } from '../e2e/conformance/feed/random.ts';
import { pagePath, renderPage } from '../e2e/conformance/run/render-page.ts';
import { runAll } from '../e2e/conformance/run/run-all.ts';
import { rows, sections } from '../e2e/conformance/sections/all.ts';
import { house } from './house.ts';

const args = process.argv.slice(2).filter((arg) => arg !== '--');
const writes = args.includes('--write');
const beginnings = args.filter((arg) => arg !== '--write');
if (writes && beginnings.length > 0) throw new Error('the page is written from all rows: --write takes no row numbers');

const isChosen = ({ id }: { id: string }) =>
  beginnings.length === 0 || beginnings.some((beginning) => `${id}.`.startsWith(`${beginning.replace(/\.$/, '')}.`));
const chosen = rows.filter(isChosen);

console.log(`${seedName}=${seed}`);
const results = await runAll(sections, isChosen, (line) => console.log(line));
if (writes)
  writeFileSync(
    join(house, pagePath),
    renderPage(sections, (row) => results.of(row)),
  );

const { passedRuns, failedRuns } = results;
console.log(`${chosen.length} rows, both roles, three feeds: ${passedRuns} passed, ${failedRuns} failed`);
process.exit(failedRuns > 0 || passedRuns === 0 ? 1 : 0);
