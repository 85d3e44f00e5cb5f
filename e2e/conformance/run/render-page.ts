import { seedName } from '../feed/random.ts';
import type { Group, Row, Section } from '../row/row.ts';
import { rowsOf } from '../sections/all.ts';
import type { RowResult } from './results.ts';

/** Where the page stands, from the root of the workspace. */
export const pagePath = 'docs/conformance.md';

/** The page of the table: the same text for the same rows and results. */
export function renderPage(sections: readonly Section[], resultOf: (row: Row) => RowResult): string {
  const rows = sections.flatMap(rowsOf);
  const parts = [
    intro(rows),
    '## Sections',
    table(
      ['section', 'rows', 'passed'],
      sections.map((section) => summary(section, resultOf)),
    ),
    ...sections.flatMap((section) => [
      `## ${section.number} ${section.title}`,
      ...section.groups.flatMap((group) => groupPart(group, resultOf)),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function intro(rows: readonly Row[]): string {
  return `<!-- Written by \`npm run conformance -- --write\` from its results. -->

# Conformance

${rows.length} rules of the wire, after the sections of the well-known WebSocket test suite, with rows of our own on headers, limits,
compression and on what our side begins. A row says what a peer does and the one thing that has to come of it: each message, each
frame to the byte, the close code, and who ends TCP first. No row is optional, and none has two right outcomes.

\`\`\`sh
npm run conformance            # every row in both roles; the last line has the counts
npm run conformance -- 6.4     # only the rows whose number begins so
npm run conformance -- --write # and writes this page from the results
\`\`\`

- **client**: \`connect\` of \`@holdfast/node\`, over TCP, against a server written by hand.
- **server**: \`serve\` of \`@holdfast/node/server\`, over TCP, against a client written by hand. The peers share no code with
  holdfast.
- **feeds**: \`Protocol\` of \`@holdfast/core\` without I/O, in each role of the row, with the bytes whole, one by one, and in
  random cuts; of an exchange of compressed messages the first 24. All of what it tells and writes is the same, to the
  byte. A failure names the seed of its cuts, which \`${seedName}\` replays.
- Where a row speaks of compression, the peer compresses by zlib and holds what it is sent against the agreement: it puts
  no larger a window at its disposal, and reads the blocks itself to see how far they look back.
- **–**: the row is about the other role.
- A rule with a star needs what \`connect\` and \`serve\` do not offer, such as fragments of our own: over TCP a \`Protocol\` on a
  bare socket runs it.

\`npm test\` runs every row too, but for what takes long and runs with \`npm run test:all\`: the million messages, most of
the exchanges of a thousand compressed ones, and the feed byte by byte of rows over 256 KiB.`;
}

function summary(section: Section, resultOf: (row: Row) => RowResult): string[] {
  const rows = rowsOf(section);
  const passed = rows.filter((row) => !Object.values(resultOf(row)).includes('FAIL'));
  return [`${section.number} ${section.title}`, String(rows.length), String(passed.length)];
}

function groupPart(group: Group, resultOf: (row: Row) => RowResult): string[] {
  const cells = group.rows.map((row) => {
    const { client, server, feeds } = resultOf(row);
    const rule = row.through === 'protocol' ? `${row.rule} *` : row.rule;
    const rfc = row.rfc.startsWith('RFC') ? row.rfc : `RFC 6455 ${row.rfc}`;
    return [row.id, rule, rfc, client, server, feeds];
  });
  return [`### ${group.id} ${group.title}`, table(['row', 'rule', 'RFC section', 'client', 'server', 'feeds'], cells)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
  return text.replace(/[|<>*]/g, '\\$&');
}
