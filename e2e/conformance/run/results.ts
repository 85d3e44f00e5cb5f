import type { Role, Row } from '../row/row.ts';
import type { Check } from './checks.ts';

/** What a cell of the table says: the row holds, or fails, or is not about this. */
export type Cell = 'pass' | 'FAIL' | '–';

/** A row as the page shows it. */
export interface RowResult {
  readonly client: Cell;
  readonly server: Cell;
  readonly feeds: Cell;
}

/** What became of each check. */
export class Results {
  readonly #failed = new Set<string>();
  readonly #passed = new Set<string>();
  passedRuns = 0;
  failedRuns = 0;

  add(check: Check, hasPassed: boolean): void {
    const key = keyOf(check.row, check.role, check.way);
    (hasPassed ? this.#passed : this.#failed).add(key);
    if (hasPassed) this.passedRuns += check.runs;
    else this.failedRuns += check.runs;
  }

  /** The cells of a row. */
  of(row: Row): RowResult {
    return {
      client: this.#cell([keyOf(row, 'client', 'TCP')]),
      server: this.#cell([keyOf(row, 'server', 'TCP')]),
      feeds: this.#cell(row.roles.map((role) => keyOf(row, role, 'feeds'))),
    };
  }

  #cell(keys: readonly string[]): Cell {
    if (keys.some((key) => this.#failed.has(key))) return 'FAIL';
    return keys.every((key) => this.#passed.has(key)) ? 'pass' : '–';
  }
}

function keyOf(row: Row, role: Role, way: Check['way']): string {
  return `${row.id} ${role} ${way}`;
}
