import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Roster } from './roster.ts';

const names = Array.from({ length: 8 }, (_, id) => ({ id }));

function rosterOf(...members: object[]): Roster<object> {
  const roster = new Roster<object>();
  for (const member of members) roster.add(member);
  return roster;
}

describe('a roster', () => {
  test('has who a Set would have, whoever comes and goes', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 7 })), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        const [roster, set] = [new Roster<object>(), new Set<object>()];
        for (const [comes, at] of all) {
          const one = names[at]!;
          if (comes) {
            roster.add(one);
            set.add(one);
          } else expect(roster.delete(one)).toBe(set.delete(one));
          expect(roster.size).toBe(set.size);
        }
        expect(new Set(roster)).toEqual(set);
        expect(names.map((one) => roster.has(one))).toEqual(names.map((one) => set.has(one)));
      }),
    );
  });

  test('is gone through in each of the ways of a Set', () => {
    const [a, b] = names as [object, object];
    const roster: ReadonlySet<object> = rosterOf(a, b);
    const told: unknown[] = [];
    roster.forEach(function (this: unknown, ...given) {
      told.push([this, ...given]);
    }, 'self');
    expect(told).toEqual([
      ['self', a, a, roster],
      ['self', b, b, roster],
    ]);
    expect([...roster]).toEqual([a, b]);
    expect([...roster.keys()]).toEqual([a, b]);
    expect([...roster.values()]).toEqual([a, b]);
    expect([...roster.entries()]).toEqual([
      [a, a],
      [b, b],
    ]);
  });

  test('is gone through to the end by who removes its members on the way', () => {
    const roster = rosterOf(...names);
    const met: object[] = [];
    for (const one of roster) {
      met.push(one);
      roster.delete(one);
    }
    expect(met).toEqual(names);
    expect(roster.size).toBe(0);
  });

  test('has all methods of a Set that only read, and shows itself as one', () => {
    const [a, b] = names as [object, object];
    const roster = rosterOf(a, b);
    const own = new Set(['add', 'delete', 'clear', 'constructor']);
    const missing = Object.getOwnPropertyNames(Set.prototype).filter((name) => !own.has(name) && !(name in roster));
    expect(missing).toEqual([]);
    expect(inspect(roster)).toBe(inspect(new Set([a, b])));
  });
});
