import type { Group, GroupInit, Role, Row, RowInit, Section, Step } from './row.ts';
import { peerCloses } from './words.ts';

const both: readonly Role[] = ['client', 'server'];

/** A section of the table; its groups and rows get their numbers from their places. */
export function section(number: number, title: string, groups: readonly GroupInit[]): Section {
  return { number, title, groups: groups.map((init, at) => numbered(init, `${number}.${at + 1}`)) };
}

function numbered({ title, rows }: GroupInit, id: string): Group {
  return { id, title, rows: rows.map((init, at): Row => ({ roles: both, ...init, id: `${id}.${at + 1}` })) };
}

/** Rows about one thing. */
export function group(title: string, ...rows: readonly (RowInit | readonly RowInit[])[]): GroupInit {
  return { title, rows: rows.flat() };
}

type RowMore = Omit<RowInit, 'rule' | 'rfc' | 'steps'>;

/** A row. Where nothing ends the connection, the peer closes it, which has to go in order. */
export function row(rfc: string, rule: string, steps: readonly (Step | readonly Step[])[], more?: RowMore): RowInit {
  const flat = steps.flat();
  const hasEnd = flat.at(-1)?.do === 'end';
  return { rfc, rule, steps: hasEnd ? flat : [...flat, ...peerCloses()], ...more };
}
