import { checks } from '../checks/all.ts';
import type { Peer } from '../peer.ts';
import type { Results } from './results.ts';

/** Where the page stands, from the root of the workspace. */
export const pagePath = 'docs/peers.md';

/** The page: the same text for the same peers and results. */
export function renderPage(peers: readonly Peer[], results: Results): string {
  const servers = peers.filter(({ role }) => role === 'server');
  const clients = peers.filter(({ role }) => role === 'client');
  return `${intro}

## Our client and their servers

${tableOf(servers, results)}

## Our server and their clients

${tableOf(clients, results)}

## Who they are

${versionTable(peers, results)}

${notes}
`;
}

const intro = `---
outline: 2
aside: false
---

<!-- Written by \`npm run peers -- --write\` from its results: what is changed here by hand is lost. -->

# Peers

Real programs of other people at the other end of the line, in three languages, a proxy and a browser. The same checks run
against each, over TCP, without compression and with permessage-deflate. Every figure on this page comes from one run of

\`\`\`sh
npm run peers            # every check with every peer, a line each; the last line has the counts
npm run peers -- --write # and writes this page
\`\`\`

\`npm test\` has the checks with ws as tests, \`npm run test:all\` those with the others. On a machine without one of them it
is left out, and the run says so; with \`CI=true\` that is a failure which names the package of Debian.

A cell has how many checks passed, first without compression and then with it.`;

const notes = `## What they do in another way

No check is left out for any of this. Where a peer cannot do what a check asks for, the check shows that it does not, and that
the line goes on; where it does something else, what our end tells of it.

- **gorilla/websocket** takes close code 1014 for an error and answers 1002. It drops the line right behind its 1009 while we
  still send: then the code may be lost, and we tell 1006 with \`connection-lost\`. As a server it agrees to an offer with
  \`server_max_window_bits\` and does not name it in its answer, which RFC 7692 7.1.2.1 asks for: with that option our client
  fails the handshake with \`handshake-extension\`. It does not tell its app what was agreed; the bytes on the wire do.
- **nginx** ends both lines as soon as the server behind it ends one, so a 1009 while we still send may be lost as above.
- **python websockets** cannot send an empty close frame. It agrees to a window of 8 bits, which its zlib does not have, and
  fails then: as a server with 500, as a client with an exception.
- **Chromium** closes with 1000 and 3000 to 4999 alone, and cannot ping, choose its frames or limit what it takes. It is not
  told the status of a refusal. It offers compression always, and sends long messages in fragments.

Compression makes bytes of chance a little longer, and the limits of ws, gorilla/websocket and python websockets count what
came over the wire: theirs are 16 MiB and 64 KiB here. Ours are 16 MiB, and count what the app gets.`;

const groups = [...new Set(checks.map(({ group }) => group))];

function tableOf(peers: readonly Peer[], results: Results): string {
  const cellOf = (peer: Peer, group: string) =>
    [false, true].map((compression) => textOf(results.count(peer, compression, group))).join(', ');
  return table(
    ['', ...peers.map(({ name }) => name)],
    groups.map((group) => [group, ...peers.map((peer) => cellOf(peer, group))]),
  );
}

function textOf({ passed, failed }: { passed: number; failed: number }): string {
  return failed > 0 ? `**${passed} of ${passed + failed} FAIL**` : String(passed);
}

function versionTable(peers: readonly Peer[], results: Results): string {
  const names = [...new Set(peers.map(({ name }) => name))];
  return table(
    ['peer', 'version'],
    names.map((name) => [name, results.versionOf(peers.find((peer) => peer.name === name)!) ?? 'not here']),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
