import type { Check } from '../checks/check.ts';
import type { Peer } from '../peer.ts';

/** How many checks of a group passed, of how many. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** What became of each check with each peer. */
export class Results {
  readonly #counts = new Map<string, Count>();
  readonly #versions = new Map<string, string>();

  add(peer: Peer, compression: boolean, { group }: Check, hasPassed: boolean): void {
    const { passed, failed } = this.count(peer, compression, group);
    const count = hasPassed ? { passed: passed + 1, failed } : { passed, failed: failed + 1 };
    this.#counts.set(keyOf(peer, compression, group), count);
  }

  /** The count of one group. */
  count(peer: Peer, compression: boolean, group: string): Count {
    return this.#counts.get(keyOf(peer, compression, group)) ?? { passed: 0, failed: 0 };
  }

  /** All together. */
  get total(): Count {
    const counts = [...this.#counts.values()];
    const sum = (of: (count: Count) => number) => counts.reduce((all, count) => all + of(count), 0);
    return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) };
  }

  noteVersion(peer: Peer, version: string): void {
    this.#versions.set(peer.name, version);
  }

  /** `undefined` for a peer that was not there. */
  versionOf(peer: Peer): string | undefined {
    return this.#versions.get(peer.name);
  }
}

function keyOf({ name, role }: Peer, compression: boolean, group: string): string {
  return JSON.stringify([name, role, compression, group]);
}
