import { escapeLine } from '../escape-text.ts';
import type { Paint } from '../paint.ts';
import { formatBytes, formatSeconds } from './format-amount.ts';

/** How far a file has come. */
export interface Advance {
  /** As somebody else may have called it. */
  readonly name: string;
  readonly size: number;
  readonly done: number;
  /** How much of it came since it began here, and in what time. */
  readonly bytes: number;
  readonly seconds: number;
}

const barColumns = 20;
const leastNameColumns = 8;

/** What stands beside the name takes so many columns at the most: with the bar, without it, and the percentage alone. */
const besideColumns = { bar: barColumns + 38, speed: 35, percent: 6 } as const;

/** A line no wider than a screen: `video.mp4 [########............]  40%    512 MB/s  0:04 left`. */
export function formatBar({ name, size, done, bytes, seconds }: Advance, columns: number, paint: Paint): string {
  const form =
    (['bar', 'speed'] as const).find((each) => columns >= besideColumns[each] + leastNameColumns) ?? 'percent';
  const shown = cut(escapeLine(name), Math.max(leastNameColumns, columns - besideColumns[form]));
  const part = size === 0 ? 1 : done / size;
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  if (form === 'percent') return `${shown} ${percent}`;
  const speed = bytes / Math.max(seconds, 0.001);
  const left = bytes > 0 ? formatSeconds((size - done) / speed) : '-:--';
  const pace = `${percent} ${`${formatBytes(speed)}/s`.padStart(11)}  ${left} left`;
  const full = Math.floor(part * barColumns);
  const bar = `[${paint('good', '#'.repeat(full))}${'.'.repeat(barColumns - full)}]`;
  return form === 'bar' ? `${shown} ${bar} ${pace}` : `${shown} ${pace}`;
}

/** The beginning of a name, in so many columns: a character outside of ASCII may take two. */
function cut(name: string, columns: number): string {
  let width = 0;
  let shown = '';
  for (const character of name) {
    width += character < '\u0080' ? 1 : 2;
    if (width > columns - 1) return `${shown}~`;
    shown += character;
  }
  return shown;
}
