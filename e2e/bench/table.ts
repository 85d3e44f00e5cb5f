import { formatColumns } from './columns.ts';
import type { ContenderName, Figure, Row, Spread } from './result.ts';

/** The rows of one group as lines of text, under its name; a column for each contender that has a figure. */
export function formatGroup(group: Row['group'], rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.figures) as ContenderName[]))];
  const cells = [
    [group, ...names, 'wanted'],
    ...rows.map((row) => [row.name, ...names.map((name) => formatFigure(row, name)), formatWanted(row)]),
  ];
  return formatColumns(cells);
}

/** How good a row is against what was wanted of it; nothing where nothing was. */
export function formatWanted({ wanted = [], ratios, better }: Pick<Row, 'wanted' | 'ratios' | 'better'>): string {
  const said = wanted.map(({ against, ratio }) => {
    const { median } = ratios[against]!;
    const isReached = better === 'more' ? median >= ratio : median <= ratio;
    return `${better === 'more' ? '≥' : '≤'} ${ratio} ${against}: ${isReached ? 'yes' : 'NO'}`;
  });
  return said.join(', ');
}

/** The median with its CPU time, and how ours stands to it, with the spread. */
function formatFigure({ figures, ratios, unit }: Row, name: ContenderName): string {
  const figure = figures[name];
  if (!figure) return '';
  const ratio = ratios[name];
  return [formatAmount(figure.median, unit), formatCpu(figure), ratio && formatRatio(ratio)].filter(Boolean).join(' ');
}

function formatCpu({ cpuUs }: Figure): string {
  return cpuUs === undefined ? '' : `cpu ${digits(cpuUs)} µs`;
}

function formatRatio({ median, low, high }: Spread): string {
  return `×${digits(median)} (${digits(low)}–${digits(high)})`;
}

/** A figure with its unit, short. */
function formatAmount(amount: number, unit: Row['unit']): string {
  switch (unit) {
    case 'messages/s':
    case 'connections/s':
      return `${scaled(amount)}/s`;
    case 'bytes':
      return `${digits(amount / 1024)} KiB`;
    case 'B':
    case 'µs':
    case 'GB/s':
      return `${digits(amount)} ${unit}`;
  }
}

function scaled(amount: number): string {
  if (amount >= 1e6) return `${digits(amount / 1e6)} M`;
  return amount >= 1e3 ? `${digits(amount / 1e3)} k` : digits(amount);
}

/** Three digits that count, or all before the point. */
function digits(value: number): string {
  const magnitude = Math.floor(Math.log10(Math.abs(value) || 1));
  return value.toFixed(Math.max(0, Math.min(3, 2 - magnitude)));
}
