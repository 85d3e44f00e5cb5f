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

/** What stands beside the name takes so many columns at the most. */
const besideColumns = barColumns + 38;
const leastNameColumns = 8;

/** A line no wider than a screen: `video.mp4 [########............]  40%   512.0 MB/s  0:04 left`. */
export function formatBar({ name, size, done, bytes, seconds }: Advance, columns: number, paint: Paint): string {
  const part = size === 0 ? 1 : done / size;
  const full = Math.floor(part * barColumns);
  const speed = bytes / Math.max(seconds, 0.001);
  const left = speed > 0 && bytes > 0 ? formatSeconds((size - done) / speed) : '-:--';
  const bar = `[${paint('good', '#'.repeat(full))}${'.'.repeat(barColumns - full)}]`;
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  const shown = cut(escapeLine(name), Math.max(leastNameColumns, columns - besideColumns));
  return `${shown} ${bar} ${percent} ${`${formatBytes(speed)}/s`.padStart(11)}  ${left} left`;
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
