import { placeOf } from './places.ts';
import type { Box, GroupBox, Layout, Line } from './layout.ts';

/** Colours by the layer that a line leads to; the same hue on light and on dark. */
const hues: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  node: ['#9a5b00', '#f0b35a'],
  web: ['#9a5b00', '#f0b35a'],
  'node/dial': ['#a8418f', '#ee9ad6'],
  'node/server': ['#a8418f', '#ee9ad6'],
  'node/handshake': ['#8b4fc4', '#c39bf0'],
  'core/index': ['#c2413b', '#f28b7f'],
  'core/adapter': ['#c2413b', '#f28b7f'],
  'core/protocol': ['#1d6fa5', '#74b9e8'],
  'core/message': ['#2f7fa0', '#7fd3ea'],
  'core/frame': ['#0b7a8f', '#5fd0d8'],
  'core/bytes': ['#11806c', '#6fd0b5'],
  'core/session': ['#5a6fd0', '#a3b2f5'],
  'core/events': ['#4a63b8', '#8fa3f0'],
  'core/vocabulary': ['#62716d', '#a5b5af'],
};
const other: readonly [string, string] = ['#5b6b78', '#9db0bf'];

/** The drawing as SVG: it brings its own colours for light and dark, and asks nobody for a font or a style. */
export function drawSvg(layout: Layout): string {
  const { width, height, boxes, lines } = layout;
  const title = 'The source files of holdfast in their layers, and the imports between the layers';
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${style(lines)}</style>`,
    `<rect class="page" width="${round(width)}" height="${round(height)}" rx="10"/>`,
    ...panels(boxes).map(drawPanel),
    ...lines.toSorted(byDepth).map(drawLine),
    ...boxes.map(drawBox),
    ...lines.map(drawCount),
    '</svg>',
  ].join('\n')}\n`;
}

function style(lines: readonly Line[]): string {
  const targets = [...new Set(lines.map(({ edge }) => edge.to))];
  const colours = (dark: 0 | 1) => targets.map((id) => `.${classOf(id)}{--c:${(hues[id] ?? other)[dark]}}`).join('');
  return [
    'svg{--bg:#fcfbf8;--panel:#eff2ec;--box:#ffffff;--edge:#c5cbc3;--chip:#f3f2ec;--ink:#1d2b29;--soft:#4f5f5b}',
    colours(0),
    '@media (prefers-color-scheme:dark){svg{--bg:#0f1817;--panel:#15211f;--box:#1a2725;--edge:#3a4a46;--chip:#243330;--ink:#e2eae6;--soft:#a5b5af}',
    `${colours(1)}}`,
    '.page{fill:var(--bg)}.panel{fill:var(--panel)}.box{fill:var(--box);stroke:var(--edge)}.chip{fill:var(--chip)}',
    'text{fill:var(--ink);font:11px ui-monospace,Menlo,Consolas,monospace}',
    '.title{font:600 13px system-ui,sans-serif}.name{fill:var(--soft);font:600 12px system-ui,sans-serif}',
    '.line{fill:none;stroke:var(--c);stroke-width:1.5;stroke-linejoin:round}.type{stroke-dasharray:5 3}.head{fill:var(--c)}',
    '.count{fill:var(--c);font-size:10px;stroke:var(--bg);stroke-width:3px;paint-order:stroke}',
  ].join('');
}

function classOf(id: string): string {
  return `to-${id.replace('/', '-')}`;
}

interface Panel extends Box {
  readonly name: string;
  /** At which end of its lower edge the name stands: where there are no lines. */
  readonly nameAt: 'start' | 'end';
}

/** What stands behind the boxes: the node package with its folders, and the halves of core. */
function panels(boxes: readonly GroupBox[]): Panel[] {
  const around = (name: string, nameAt: Panel['nameAt'], isInside: (id: string) => boolean): Panel => {
    const members = boxes.filter(({ group }) => isInside(group.id));
    const x = Math.min(...members.map((box) => box.x)) - 8;
    const y = Math.min(...members.map((box) => box.y)) - 8;
    const right = Math.max(...members.map((box) => box.x + box.width)) + 8;
    const bottom = Math.max(...members.map((box) => box.y + box.height)) + (name ? 24 : 8);
    return { name, nameAt, x, y, width: right - x, height: bottom - y };
  };
  const wire = ['core/protocol', 'core/message', 'core/frame', 'core/bytes'];
  const session = ['core/session', 'core/events'];
  return [
    around('', 'start', (id) => id.split('/')[0] === 'node'),
    around('wire half', 'end', (id) => wire.includes(id)),
    around('session half', 'start', (id) => session.includes(id)),
  ];
}

function drawPanel({ name, nameAt, ...box }: Panel): string {
  const x = nameAt === 'end' ? box.x + box.width - 14 : box.x + 20;
  const label = `<text class="name" x="${round(x)}" y="${round(box.y + box.height - 7)}" text-anchor="${nameAt}">${name}</text>`;
  return `<rect class="panel" ${rect(box)} rx="10"/>${name && label}`;
}

/** Lines to deep layers are drawn first: those to near ones lie above them. */
function byDepth(a: Line, b: Line): number {
  return placeOf(b.edge.to).row - placeOf(a.edge.to).row;
}

function drawLine({ edge, points }: Line): string {
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const [x, y] = points.at(-1) ?? [0, 0];
  const head = `M${round(x)} ${round(y)}l-4 -7h8z`;
  const kind = edge.isType ? 'line type' : 'line';
  return `<g class="${classOf(edge.to)}"><path class="${kind}" d="${path}"/><path class="head" d="${head}"/></g>`;
}

function drawCount({ edge, points }: Line): string {
  const [x, y] = points[0] ?? [0, 0];
  return `<g class="${classOf(edge.to)}"><text class="count" x="${round(x + 3)}" y="${round(y + 11)}">${edge.count}</text></g>`;
}

function drawBox({ group, chips, ...box }: GroupBox): string {
  const title = `<text class="title" x="${round(box.x + 12)}" y="${round(box.y + 18)}">${group.title}</text>`;
  const names = chips.map(
    ({ text, ...own }) =>
      `<rect class="chip" ${rect(own)} rx="5"/><text x="${round(own.x + 8)}" y="${round(own.y + 14)}">${text}</text>`,
  );
  return `<rect class="box" ${rect(box)} rx="8"/>${title}${names.join('')}`;
}

function rect({ x, y, width, height }: Box): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
