import type { Group } from './groups.ts';
import { middle, type Place, placeOf } from './places.ts';

/** All imports from one group to another, as one line. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** How many imports, and whether all of them are only for types. */
  readonly count: number;
  readonly isType: boolean;
  /** Straight to the next row, or by a lane at the left, in the middle or at the right. */
  readonly way: 'direct' | Lane;
}

/** Where lines run past rows. */
export type Lane = 'left' | 'middle' | 'right';

/** The imports between groups, counted; those inside a group, and those of modules of Node, are left out. */
export function edgesBetween(groups: readonly Group[]): Edge[] {
  const groupOf = new Map(groups.flatMap(({ id, files }) => files.map(({ path }) => [path, id] as const)));
  const edges = new Map<string, Edge>();
  for (const { id: from, files } of groups) {
    for (const { target, isType } of files.flatMap(({ imports }) => imports)) {
      const to = groupOf.get(target);
      if (to === undefined || to === from) continue;
      const known = edges.get(`${from} ${to}`) ?? { count: 0, isType: true };
      const all = { count: known.count + 1, isType: known.isType && isType };
      edges.set(`${from} ${to}`, { from, to, ...all, way: wayOf(placeOf(from), placeOf(to)) });
    }
  }
  return [...edges.values()];
}

function wayOf(from: Place, to: Place): Edge['way'] {
  if (to.row === from.row + 1) return 'direct';
  const isLeft = (place: Place) => place.to <= middle;
  const isRight = (place: Place) => place.from >= middle;
  if (isLeft(from) && isRight(to)) return 'middle';
  if (isRight(from) && isLeft(to)) return 'middle';
  return isRight(from) || isRight(to) ? 'right' : 'left';
}
