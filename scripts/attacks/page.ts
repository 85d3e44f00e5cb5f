import type { AttackRow, Theme } from '../../e2e/attacks/row.ts';
import { allRows, themes } from '../../e2e/attacks/rows.ts';

/** The page with the table, from the root of the workspace. */
export const pageFile = 'docs/attacks.md';

const begin = '<!-- rows: npm run attacks -- --write -->';
const end = '<!-- end of rows -->';

/** The page with its tables as the rows have them; what stands outside of the marks stays. */
export function attackPage(page: string): string {
  const [before, rest] = [page.split(begin)[0], page.split(end)[1]];
  if (!page.includes(begin) || rest === undefined) throw new Error(`${pageFile} needs ${begin} and ${end}`);
  return `${before}${begin}\n\n${tables()}\n\n${end}${rest}`;
}

function tables(): string {
  return [`${allRows.length} flaws; all have a test.`, ...themes.map(table)].join('\n\n');
}

function table({ name, title, rows }: Theme): string {
  const head = '| Flaw | What broke there | What holds here | Guarded in |\n| --- | --- | --- | --- |';
  const tests = `Tests: \`e2e/attacks/${name}.test.ts\`, each named by its flaw.`;
  return `## ${title}\n\n${tests}\n\n${head}\n${rows.map(line).join('\n')}`;
}

function line(row: AttackRow): string {
  const { product, side, flaw, promise, guard } = row;
  const victim = side === 'both' ? 'client and server' : side;
  const cells = [`${identifier(row)}<br>${product}, ${victim}`, flaw, `${capital(promise)}.`, `\`${guard.file}\``];
  return `| ${cells.join(' | ')} |`;
}

/** The identifier, with a link to where the flaw is described. */
function identifier({ id }: AttackRow): string {
  if (/^CVE-\d+-\d+$/.test(id)) return `[${id}](https://www.cve.org/CVERecord?id=${id})`;
  const [, project = '', number] = /^([\w/]+)#(\d+)$/.exec(id) ?? [];
  const repository = repositories[project];
  return repository ? `[${id}](https://github.com/${repository}/issues/${number})` : id;
}

const repositories: Readonly<Record<string, string>> = {
  ws: 'websockets/ws',
  aiohttp: 'aio-libs/aiohttp',
  resiprocate: 'resiprocate/resiprocate',
  'baresip/re': 'baresip/re',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
