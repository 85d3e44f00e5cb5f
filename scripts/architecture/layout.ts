import { basename } from 'node:path';
import { type Edge, edgesBetween, type Lane } from './edges.ts';
import type { Group } from './groups.ts';
import { middle, placeOf } from './places.ts';

/** A rectangle, in units of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A group with its files, in its place. */
export interface GroupBox extends Box {
  readonly group: Group;
  readonly chips: readonly (Box & { readonly text: string })[];
}

/** A line with an arrow at its end, and how many imports it stands for at its beginning. */
export interface Line {
  readonly edge: Edge;
  readonly points: readonly Point[];
}

type Point = readonly [x: number, y: number];

/** All of the drawing, and its size. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly GroupBox[];
  readonly lines: readonly Line[];
}

const boxWidth = 1080;
const laneStep = 9;
const trackStep = 9;
const margin = 16;
const chip = { height: 20, gap: 6, letter: 6.65, padding: 8 };
const titleHeight = 26;

/** Puts the groups into their rows, and leads the lines through channels between rows and lanes beside them. */
export function layOut(groups: readonly Group[]): Layout {
  const edges = edgesBetween(groups);
  const lanes = lanesOf(edges);
  const columns = columnsOf(lanes);
  const boxes = placeBoxes(groups, columns, tracksOf(edges));
  const width = columns.right + gutterOf(lanes.right) + margin;
  const height = Math.max(...boxes.map(({ y, height: own }) => y + own)) + margin;
  return { width, height, boxes, lines: edges.map((edge) => lineOf(edge, edges, boxes, lanes, columns)) };
}

type Lanes = Readonly<Record<Lane, readonly string[]>>;

/** Which targets have a line in which lane: all lines to one target share it. */
function lanesOf(edges: readonly Edge[]): Lanes {
  const targets = (lane: Lane) => [...new Set(edges.filter(({ way }) => way === lane).map(({ to }) => to))].sort(byRow);
  return { left: targets('left'), middle: targets('middle'), right: targets('right') };
}

/** Lines that go far run outside. */
function byRow(a: string, b: string): number {
  return placeOf(a).row - placeOf(b).row || (a < b ? -1 : 1);
}

function gutterOf(lane: readonly string[]): number {
  return lane.length * laneStep + 18;
}

interface Columns {
  /** Where boxes begin, where those of the left half end, where those of the right half begin, and where all end. */
  readonly left: number;
  readonly middleFrom: number;
  readonly middleTo: number;
  readonly right: number;
}

function columnsOf(lanes: Lanes): Columns {
  const left = margin + gutterOf(lanes.left);
  const middleFrom = left + (boxWidth * middle) / 12;
  const middleTo = middleFrom + gutterOf(lanes.middle);
  return { left, middleFrom, middleTo, right: middleTo + (boxWidth * (12 - middle)) / 12 };
}

/** The lines that run along a channel, by the row below it: one track for each target and lane. */
function tracksOf(edges: readonly Edge[]): Map<number, string[]> {
  const tracks = new Map<number, string[]>();
  const add = (row: number, key: string) => {
    const keys = tracks.get(row) ?? [];
    if (!keys.includes(key)) keys.push(key);
    tracks.set(row, keys);
  };
  for (const edge of edges) {
    add(placeOf(edge.from).row + 1, trackOf(edge));
    add(placeOf(edge.to).row, trackOf(edge));
  }
  return tracks;
}

function trackOf({ to, way }: Edge): string {
  return `${to} ${way}`;
}

/** A box with the channels above and below its row, and where the row ends. */
type PlacedBox = GroupBox & {
  readonly rowEnd: number;
  readonly channel: readonly string[];
  readonly channelBelow: readonly string[];
};

function placeBoxes(groups: readonly Group[], columns: Columns, tracks: Map<number, string[]>): PlacedBox[] {
  const boxes: PlacedBox[] = [];
  const rows = [...new Set(groups.map(({ id }) => placeOf(id).row))].sort((a, b) => a - b);
  let y = margin;
  for (const row of rows) {
    const channel = tracks.get(row) ?? [];
    if (row > 0) y += channelHeight(channel);
    const members = groups
      .filter(({ id }) => placeOf(id).row === row)
      .map((group) => ({ group, ...spanOf(group, columns) }));
    const rowEnd = y + Math.max(...members.map(({ group, width }) => titleHeight + chipsOf(group, width).height));
    for (const { group, x, width } of members) {
      const files = chipsOf(group, width);
      const chips = files.chips.map((one) => ({ ...one, x: one.x + x, y: one.y + y + titleHeight }));
      const height = titleHeight + files.height;
      boxes.push({ group, x, y, width, height, chips, rowEnd, channel, channelBelow: tracks.get(row + 1) ?? [] });
    }
    y = rowEnd;
  }
  return boxes;
}

function channelHeight(channel: readonly string[]): number {
  return channel.length * trackStep + 28;
}

function spanOf({ id }: Group, columns: Columns): { x: number; width: number } {
  const { from, to } = placeOf(id);
  const unit = boxWidth / 12;
  const at = (twelfth: number) =>
    (twelfth >= middle && to > middle && from > 0 ? columns.middleTo - middle * unit : columns.left) + twelfth * unit;
  const x = at(from);
  const end = to === 12 ? columns.right : at(to);
  // Boxes that share a half stand apart.
  const gap = to < middle ? 14 : 0;
  return { x, width: end - x - gap };
}

/** The file names, in as many lines as they need. */
function chipsOf({ files }: Group, width: number): { chips: (Box & { text: string })[]; height: number } {
  const chips: (Box & { text: string })[] = [];
  let x = 12;
  let y = 0;
  for (const text of files.map(({ path }) => basename(path, '.ts'))) {
    const own = text.length * chip.letter + 2 * chip.padding;
    if (x + own > width - 12 && x > 12) {
      x = 12;
      y += chip.height + chip.gap;
    }
    chips.push({ text, x, y, width: own, height: chip.height });
    x += own + chip.gap;
  }
  return { chips, height: y + chip.height + 12 };
}

function lineOf(edge: Edge, edges: readonly Edge[], boxes: readonly PlacedBox[], lanes: Lanes, columns: Columns): Line {
  const from = boxes.find(({ group }) => group.id === edge.from) as PlacedBox;
  const to = boxes.find(({ group }) => group.id === edge.to) as PlacedBox;
  const bottom = from.y + from.height;
  const start = startOf(edge, edges, from, to);
  const end = endOf(edge, start, from, to);
  const last = trackY(to.y - channelHeight(to.channel), to.channel, edge);
  if (edge.way === 'direct') {
    const points: Point[] =
      start === end
        ? [
            [start, bottom],
            [end, to.y],
          ]
        : [
            [start, bottom],
            [start, last],
            [end, last],
            [end, to.y],
          ];
    return { edge, points };
  }
  const first = trackY(from.rowEnd, from.channelBelow, edge);
  const lane = laneX(edge, lanes, columns);
  return {
    edge,
    points: [
      [start, bottom],
      [start, first],
      [lane, first],
      [lane, last],
      [end, last],
      [end, to.y],
    ],
  };
}

function trackY(top: number, channel: readonly string[], edge: Edge): number {
  return top + 16 + channel.indexOf(trackOf(edge)) * trackStep;
}

function laneX({ to, way }: Edge, lanes: Lanes, { left, middleFrom, right }: Columns): number {
  const index = lanes[way as Lane].indexOf(to);
  if (way === 'left') return left - 9 - index * laneStep;
  return (way === 'middle' ? middleFrom : right) + 13 + index * laneStep;
}

/** Lines leave a box by its bottom: at the end that is nearer to their lane, or above their target. */
function startOf(edge: Edge, edges: readonly Edge[], from: PlacedBox, to: PlacedBox): number {
  const same = edges.filter((other) => other.from === edge.from && other.way === edge.way);
  const index = same.indexOf(edge);
  if (edge.way === 'left') return from.x + 16 + index * 20;
  if (edge.way !== 'direct') return from.x + from.width - 16 - index * 20;
  const [low, high] = overlapOf(from, to);
  if (low > high) return to.x > from.x ? from.x + from.width - 60 - index * 20 : from.x + 60 + index * 20;
  return Math.round(low + ((high - low) * (index + 1)) / (same.length + 1));
}

/** Lines enter a box by its top: straight from above, or at the end that is nearer to their lane. */
function endOf(edge: Edge, start: number, from: PlacedBox, to: PlacedBox): number {
  if (edge.way === 'direct') {
    const [low, high] = overlapOf(from, to);
    if (low <= high) return start;
    return to.x > from.x ? to.x + 40 : to.x + to.width - 40;
  }
  const isLeftEnd = edge.way === 'left' || (edge.way === 'middle' && placeOf(edge.to).from >= middle);
  return isLeftEnd ? to.x + 12 : to.x + to.width - 12;
}

function overlapOf(a: Box, b: Box): readonly [number, number] {
  return [Math.max(a.x, b.x) + 60, Math.min(a.x + a.width, b.x + b.width) - 60];
}
