import type { Series } from '../memory/series.ts';
import type { Results } from './run-all.ts';

/** One drawing of the chart. */
interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

const panelWidth = 300;
const plot = { left: 40, top: 50, width: 236, height: 190 };
const legendTop = plot.top + plot.height + 46;
/** The last of a panel is the one without a bound. */
const colourOf = (n: number, of: readonly Series[]) => (n === of.length - 1 ? 'c' : ['a', 'b'][n]);

const style = `
svg{--bg:#fcfbf8;--ink:#1d2b29;--soft:#4f5f5b;--edge:#c5cbc3;--a:#0b7a8f;--b:#8b4fc4;--c:#c2413b}
@media (prefers-color-scheme:dark){svg{--bg:#0f1817;--ink:#e2eae6;--soft:#a5b5af;--edge:#3a4a46;--a:#5fd0d8;--b:#c39bf0;--c:#f28b7f}}
.bg{fill:var(--bg)}text{fill:var(--soft);font:11px system-ui,sans-serif}.title{fill:var(--ink);font-weight:600}
.grid{stroke:var(--edge);fill:none}.line{fill:none;stroke-width:2}.a{stroke:var(--a)}.b{stroke:var(--b)}.c{stroke:var(--c)}
.b.line{stroke-dasharray:5 3}.c.line{stroke-width:1.5}`;

/** The memory over time as an SVG: for each run, what was live after a collection, in MiB more than at its start. */
export function drawMemory({ reading, sending, page }: Results['memory']): string {
  const panels: readonly Panel[] = [
    { title: 'A slow reader, Node', series: reading },
    { title: 'A peer that does not read, Node', series: sending },
    { title: 'A slow reader, a page of Chromium', series: page },
  ];
  const width = panelWidth * panels.length;
  const height = legendTop + 16 * 3;
  const label = 'Memory over time: what has a bound stays flat, what has none grows';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title><style>${style}</style><rect class="bg" width="${width}" height="${height}"/>`,
    ...panels.map((panel, n) => `<g transform="translate(${n * panelWidth} 0)">${drawPanel(panel)}</g>`),
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ title, series }: Panel): string {
  const points = series.map(pointsOf);
  const mostSeconds = Math.max(1, ...points.flat().map(([x]) => x));
  const mostMiB = 32 * Math.ceil(Math.max(1, ...points.flat().map(([, y]) => y)) / 32);
  const x = (seconds: number) => round(plot.left + (seconds / mostSeconds) * plot.width);
  const y = (mebibytes: number) => round(plot.top + plot.height * (1 - mebibytes / mostMiB));
  const lines = points.map((line, n) => {
    const path = line.map(([seconds, mebibytes]) => `${x(seconds)} ${y(mebibytes)}`).join('L');
    return `<path class="line ${colourOf(n, series)}" d="M${path}"/>`;
  });
  const grid = [0, 0.5, 1].map((part) => {
    const at = y(part * mostMiB);
    return `<path class="grid" d="M${plot.left} ${at}h${plot.width}"/><text x="${plot.left - 6}" y="${at + 4}" text-anchor="end">${part * mostMiB}</text>`;
  });
  const legend = series.map(
    ({ way }, n) =>
      `<path class="line ${colourOf(n, series)}" d="M${plot.left} ${legendTop + 16 * n - 4}h24"/><text x="${plot.left + 32}" y="${legendTop + 16 * n}">${way}</text>`,
  );
  return [
    `<text class="title" x="${plot.left}" y="22">${title}</text><text x="${plot.left}" y="40">MiB more than at the start</text>`,
    ...grid,
    `<text x="${plot.left}" y="${plot.top + plot.height + 18}">0 s</text>`,
    `<text x="${plot.left + plot.width}" y="${plot.top + plot.height + 18}" text-anchor="end">${mostSeconds.toFixed(1)} s</text>`,
    ...lines,
    ...legend,
  ].join('\n');
}

function pointsOf({ samples }: Series): [seconds: number, mebibytes: number][] {
  return samples.map(({ seconds, liveBytes }) => [seconds, Math.max(0, liveBytes - samples[0]!.liveBytes) / 2 ** 20]);
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
