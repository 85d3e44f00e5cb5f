import { quick } from '../bench.ts';
import { growthMiB, type Series } from '../memory/series.ts';
import { lostInSilence, type Report } from '../report.ts';
import { faultRuns } from '../runs/fault-runs.ts';
import type { DeadLine, Results } from './run-all.ts';

/** Where the page and its drawing stand, from the root of the workspace. */
export const pagePath = 'docs/faults.md';
export const chartPath = 'docs/public/faults-memory.svg';

/** The versions of the clients by name; ours has none there. */
export type Versions = Readonly<Record<string, string>>;

/** The page: the same text for the same results and versions. */
export function renderPage({ blackHoles, faults, deadLines, memory }: Results, versions: Versions): string {
  return `${[
    intro,
    blackHolePart(blackHoles, versions),
    faultPart(faults),
    deadLinePart(deadLines),
    memoryPart(memory),
  ].join('\n\n')}\n`;
}

const intro = `---
outline: 2
aside: false
---

<!-- Written by \`npm run faults -- --write\` from its results: what is changed here by hand is lost. -->

# Faults

Lines break, and most of them break without a word. Here a TCP proxy stands between a real client and a real server, and
breaks the line on purpose while it lives; the server notes the number of each message that it gets. Every figure on this
page comes from one run of

\`\`\`sh
npm run faults            # every run below, a line each; the last line has the messages that were lost in silence
npm run faults -- --write # and writes this page
\`\`\`

\`npm test\` has the same runs on Node and in Chromium as tests, with what must come of each; \`npm run test:all\` has them in
Firefox and WebKit too.`;

function blackHolePart(reports: readonly Report[], versions: Versions): string {
  const rows = reports.map((report) => [
    nameOf(report, versions),
    report.engine,
    ...[report.sent, report.delivered, report.lost, report.doubled, report.outOfOrder].map(String),
    report.uncertain === undefined ? 'nothing' : String(report.uncertain),
    `**${lostInSilence(report)}**`,
    report.isBack ? 'yes' : 'no',
  ]);
  return `## A black hole

The app sends ten messages. After the third the line goes silent: it swallows what comes, and both ends still take it for
open. When the tenth is sent, the line drops. The client comes back by itself and three more messages go through, and by
then whatever of the ten was still to come would have come. So many of the ten have arrived, each once and in order:

${columns(reports, versions)}

What became of the ten, one by one:

${table(['client', 'engine', 'sent', 'delivered', 'lost', 'doubled', 'out of order', 'told uncertain', 'lost in silence', 'came back'], rows)}

- **sent**: messages that \`send\` took without an error. **delivered**: those that the server got, each counted once.
  **lost**: sent, and never there. **doubled**: arrivals of one that was there already. **out of order**: first arrivals
  behind a later message.
- **told uncertain**: \`uncertain.messages\` of the \`disconnected\` event. It counts all that was sent since the last proof
  that the server was reading, so it may be more than what was lost, and is never less. In the runs *after a heartbeat*
  such a proof came between the third message and the silence: it is then what was lost, and no more.
- **lost in silence**: lost, and not told. Nobody but [delivery](./guide/delivery) with acknowledgements can know which of
  the uncertain messages arrived; it sends them again, so that they are uncertain for a while, and then there.
- **came back**: the client had another line, by itself, and what was sent then arrived.

The others were run as they come, with short delays before they dial again: over the browser's WebSocket in Chromium, over
ws ${versions.ws} on Node, against a server of ws; socket.io-client against its own server, socket.io ${versions['socket.io']}, over
its WebSocket transport. They do not promise more than they do: socket.io says that it delivers at most once by default.`;
}

/** A row for each engine, a column for each client. */
function columns(reports: readonly Report[], versions: Versions): string {
  const engines = [...new Set(reports.map(({ engine }) => engine))];
  const clients = [...new Set(reports.map((report) => nameOf(report, versions)))];
  const cell = (engine: string, client: string) => {
    const report = reports.find((each) => each.engine === engine && nameOf(each, versions) === client);
    return report ? (report.lost === 0 ? `**${report.delivered}**` : String(report.delivered)) : '';
  };
  return table(
    ['engine', ...clients],
    engines.map((engine) => [engine, ...clients.map((client) => cell(engine, client))]),
  );
}

function nameOf({ client, run }: Report, versions: Versions): string {
  if (!client.startsWith('holdfast')) return `${client} ${versions[client]}`;
  return run === 'black hole' ? client : `${client}, after a heartbeat`;
}

function faultPart(reports: readonly Report[]): string {
  const engines = [...new Set(reports.map(({ engine }) => engine))];
  const rows = faultRuns.map(({ fault, outcome }) => [
    fault,
    outcome,
    ...engines.map((engine) => cellOf(reports.find((each) => each.run === fault && each.engine === engine))),
  ]);
  return `## Faults by name

Ten messages of holdfast over a line with one fault, towards ws or our own server. A cell has how many were delivered, how
many were lost, and how many were told uncertain; if any were doubled or out of order, it says so.

${table(['fault', 'what comes of it', ...engines], rows)}`;
}

function cellOf(report: Report | undefined): string {
  if (!report) return '';
  const { delivered, lost, uncertain = 0, doubled, outOfOrder } = report;
  const wrong = doubled + outOfOrder > 0 ? `, ${doubled} doubled, ${outOfOrder} out of order` : '';
  return `${delivered} / ${lost} / ${uncertain}${wrong}`;
}

function deadLinePart(found: readonly DeadLine[]): string {
  const rows = found.map(({ engine, silentMs, reason }) => [engine, `${silentMs} ms`, `\`${reason}\``]);
  return `## A line that dies without a word

Nothing ends the line; it only falls silent. With an interval of ${quick.intervalMs} ms and a limit of ${quick.timeoutMs} ms the heartbeat has
to find that within ${quick.intervalMs + quick.timeoutMs} ms of the last sign of life, and what its timers take. A browser cannot ping: there, the app
gives a \`probe\`.

${table(['engine', 'found after', 'error'], rows)}

A page that its browser freezes, and a thread that is busy for longer than that, cost no line that lives: the client hears
first what came meanwhile. Chromium 156 itself ends the lines of a page that it froze, when the page wakes; the client then
comes back at once, and tells what is uncertain.`;
}

function memoryPart({ reading, sending, page }: Results['memory']): string {
  const rows = [
    ...memoryRows('reads slowly, Node', reading),
    ...memoryRows('sends to who does not read, Node', sending),
    ...memoryRows('reads slowly, Chromium', page),
  ];
  return `## Memory over time

A server sends messages of 64 KiB without end, to a client that takes a millisecond for each, or a page that takes ten; and
a client sends them without end to a server that does not read. What is drawn is live after a collection, so it is what
the client holds and not what the engine has yet to free.

![Three drawings of memory over time: with a bound the line is flat, without one it rises until the run is stopped](/faults-memory.svg)

${table(['who', 'how', 'most, in MiB more than at the start', 'messages of 64 KiB are that'], rows)}

- **iterator** and **readable** (\`toStreams(client)\`): the socket is not read while the reader is behind.
- **on message**: what an app does that listens and queues by itself. Nothing can hold back the server for it, and the run
  was stopped when it had grown by 128 MiB. It shows that the server does not wait by itself.
- **send**: at \`highWaterMark\` the transport gets no more, then the outbox fills, which has 16 MiB, and then \`send\` throws
  \`queue-full\`. **ws send**: \`send\` of ws, stopped at 128 MiB.
- **limit**: \`maxUnreadBytes\`. A page cannot stop the browser from reading; over the limit the reader gets what waits, and
  then the error \`reader-too-slow\`. **no limit** was stopped at the first sample over 64 MiB.`;
}

function memoryRows(who: string, all: readonly Series[]): string[][] {
  return all.map((series) => {
    const grown = growthMiB(series);
    return [who, series.way, grown.toFixed(1), String(Math.round(grown * 16))];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
