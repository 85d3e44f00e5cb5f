import { differences } from './differences.ts';
import { suites } from './checks.ts';
import { formatPassed, type Report } from './report.ts';

/** Where the page stands, from the root of the workspace. */
export const pagePath = 'docs/runtimes.md';

/** The page of the table: the same text for the same reports. */
export function renderPage(reports: readonly Report[]): string {
  const names = reports.map(({ name }) => name);
  const parts = [
    intro,
    table(['runtime', 'version', ...suites, 'notes'], reports.map(summary)),
    '## What differs',
    `What is not in this table holds everywhere. Each of its rows ends at once with a \`HoldfastError\` that says what to do; a test
fails when it does not, and when it no longer has to.`,
    table(
      ['runtime', 'what does not hold', 'error', 'reason'],
      differences.map(({ runtime, check, code, reason }) => [runtime, check, `\`${code}\``, reason]),
    ),
    ...suites.flatMap((suite) => [
      `## ${titles[suite]}`,
      table(
        ['', ...names],
        groupsOf(reports, suite).map((group) => [
          group,
          ...reports.map((report) => formatPassed(report, suite, group)),
        ]),
      ),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const intro = `<!-- Written by \`npm run runtimes -- --write\` from its results. -->

# Runtimes

What \`pnpm pack\` makes of the four packages is installed in an empty project, and run there by each runtime: Node in every
line that is alive, Bun and Deno. \`holdfast\` is its entry for Node in all of them.

\`\`\`sh
npm run runtimes            # every check on every runtime, a line each; npm brings the runtimes
npm run runtimes -- Bun     # only on those whose name begins so
npm run runtimes -- --write # and writes this page from the results
\`\`\`

- **scenarios**: what a client does while servers stop, lines fall silent and apps send: those of e2e/scenarios that also
  run in browsers, and those of Node alone.
- **rows**: the [conformance](/conformance) rows over TCP, in each role that a row has: client and server.
- **parts**: what holdfast takes from a runtime besides: TLS and each of its options, HTTP servers and their upgrades,
  compression, what the WebSocket class stands on, the errors of TCP and of names, how the packages are found, how much waits
  for a peer that does not read.

\`npm run test:all\` runs all of it. Rows that take minutes run on one Node only. Deno runs it with \`--allow-net\`, which is all
that holdfast needs, besides reading its own files; without it a dial fails as one that the network refused.`;

const titles = {
  scenarios: 'Scenarios by behaviour',
  rows: 'Rows by section, in each role',
  parts: 'Parts',
} as const;

function summary(report: Report): string[] {
  const { name, version, results } = report;
  const count = results.filter(({ differs }) => differs).length;
  const failed = results.filter(({ ok }) => !ok).length;
  const notes = [
    ...(failed > 0 ? [`**${failed} failed**`] : []),
    ...(count > 0 ? [`${count} ${count === 1 ? 'differs' : 'differ'}, see below`] : []),
  ];
  return [name, version, ...suites.map((suite) => formatPassed(report, suite)), notes.join(', ') || '–'];
}

function groupsOf(reports: readonly Report[], suite: string): string[] {
  const results = reports.flatMap((report) => report.results).filter((result) => result.suite === suite);
  return [...new Set(results.map(({ group }) => group))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|<>]/g, '\\$&')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
