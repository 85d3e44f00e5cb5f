import type { Side } from '../line/wire-chunk.ts';
import { type EntryGroup, groupOf, nameOf, previewOf } from './entry-text.ts';
import type { WireEntry } from './wire-entry.ts';

/** What a reader wants to see. */
export interface EntryFilter {
  readonly from: Side | 'both';
  readonly groups: ReadonlySet<EntryGroup>;
  /** Part of what a row says, in any case; '' for all. */
  readonly text: string;
  /** One line alone. */
  readonly line: number | undefined;
}

/** The entries that a reader wants to see, in their order. */
export function filterEntries(entries: readonly WireEntry[], { from, groups, text, line }: EntryFilter): WireEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (from === 'both' || entry.from === from) &&
      (line === undefined || entry.line === line) &&
      groups.has(groupOf(entry)) &&
      (wanted === '' || `${nameOf(entry)} ${previewOf(entry)}`.toLowerCase().includes(wanted)),
  );
}
