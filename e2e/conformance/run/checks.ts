import { feedNames } from '../feed/feeds.ts';
import type { Role, Row } from '../row/row.ts';
import { rowBytes } from '../row/row-bytes.ts';
import { runFeeds, type Sides } from './run-row.ts';

/** With more bytes than this, a row is fed byte by byte in `npm run test:all` instead of `npm test`. */
const shortBytes = 256 * 1024;

/** One row for one of our roles over one way. */
export interface Check {
  readonly row: Row;
  readonly role: Role;
  readonly way: 'TCP' | 'feeds';
  /** How many single runs it is: a feed each, or one over TCP. */
  readonly runs: number;
  run(sides: Sides): Promise<void>;
}

/** Everything that is checked of a row. */
export function checksOf(row: Row): Check[] {
  return row.roles.flatMap((role) => [
    { row, role, way: 'TCP', runs: 1, run: (sides) => sides.runTcp(row, role) },
    { row, role, way: 'feeds', runs: feedNames.length, run: () => runFeeds(row, role) },
  ]);
}

/** Whether a row is fed byte by byte in the short tests. */
export function isShort(row: Row): boolean {
  return !row.isLong && rowBytes(row) <= shortBytes;
}

/** Feeds a row whole and in random cuts, and byte by byte where that is short. */
export function runShortFeeds(row: Row, role: Role): Promise<void> {
  return isShort(row) ? runFeeds(row, role) : runFeeds(row, role, ['whole', 'in random cuts']);
}

/** Feeds a row byte by byte, which has to give the same as whole. */
export function runLongFeed(row: Row, role: Role): Promise<void> {
  return runFeeds(row, role, ['whole', 'byte by byte']);
}
