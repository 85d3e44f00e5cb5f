// What the first page costs: `npm run site:weight`. Ends with 1 when it is over one of the limits.
import { launchChromium } from '../../browser/chromium.ts';
import { measurePage, type Visit } from './measure-page.ts';
import { firstPageLimits } from './limits.ts';
import { builtPages, openBuiltSite } from '../built-site.ts';

const visits = 5;

await builtPages();
const site = await openBuiltSite();
const browser = await launchChromium();
const seen: Visit[] = [];
for (let count = 0; count < visits; count++) seen.push(await measurePage(browser, `${site.base}/`));
await browser.close();
await site.stop();

const [first] = seen;
for (const { path, bytes } of first?.files ?? []) console.log(`${String(bytes).padStart(8)}  ${path}`);
const bytes = Math.max(...seen.map((visit) => visit.bytes));
const interactiveMs = medianOf(seen.map((visit) => visit.interactiveMs));
const paintedMs = medianOf(seen.map((visit) => visit.paintedMs));
console.log(`first page: ${bytes} bytes over the wire, of ${firstPageLimits.bytes}`);
console.log(
  `interactive after ${interactiveMs} ms, of ${firstPageLimits.interactiveMs}; painted after ${paintedMs} ms (median of ${visits})`,
);
process.exit(bytes > firstPageLimits.bytes || interactiveMs > firstPageLimits.interactiveMs ? 1 : 0);

function medianOf(values: readonly number[]): number {
  return Math.round([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN);
}
