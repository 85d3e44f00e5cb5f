import { type Finding, kindOf } from './finding.ts';
import type { Batch } from './run-batch.ts';
import type { ThreadCalls } from './serve-thread.ts';

/** How one target fared. */
export interface TargetReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** How many inputs reached what. */
  readonly reached: ReadonlyMap<string, number>;
  /** The first of each kind. */
  readonly findings: readonly Finding[];
}

/** How a run fared. */
export interface FuzzReport {
  readonly targets: readonly TargetReport[];
  /** The most that the thread held after a batch, JavaScript's heap and buffers, in bytes. */
  readonly maxHeldBytes: number;
}

/** What a thread may hold more than after the first batch of a target, in bytes: more than that grows with the inputs. */
const heldMarginBytes = 48 * 2 ** 20;

interface Entry {
  readonly name: string;
  passed: number;
  failed: number;
  readonly reached: Map<string, number>;
  readonly findings: Finding[];
  heldAtFirst: number | undefined;
}

/** Counts what the batches of a run come to. */
export class Tally {
  readonly #entries: Map<string, Entry>;
  #maxHeldBytes = 0;

  constructor(names: readonly string[]) {
    this.#entries = new Map(names.map((name) => [name, emptyEntry(name)]));
  }

  get report(): FuzzReport {
    return { targets: [...this.#entries.values()], maxHeldBytes: this.#maxHeldBytes };
  }

  /** How many kinds of findings a target has so far. */
  kindsOf(target: string): number {
    return this.#entry(target).findings.length;
  }

  add(batch: Batch, { passed, failed, reached, findings, heldBytes }: ThreadCalls['batch']['answer']): void {
    const entry = this.#entry(batch.target);
    entry.passed += passed;
    entry.failed += failed;
    for (const [label, count] of Object.entries(reached)) {
      entry.reached.set(label, (entry.reached.get(label) ?? 0) + count);
    }
    for (const finding of findings) keepFirst(entry, finding);
    this.#checkHeld(entry, batch, heldBytes);
  }

  /** Adds an input that ended its thread, so that the thread could not count it. */
  addFinding(finding: Finding): void {
    const entry = this.#entry(finding.target);
    entry.failed++;
    keepFirst(entry, finding);
  }

  #checkHeld(entry: Entry, { target, seed, from }: Batch, heldBytes: number): void {
    this.#maxHeldBytes = Math.max(this.#maxHeldBytes, heldBytes);
    entry.heldAtFirst ??= heldBytes;
    if (heldBytes <= entry.heldAtFirst + heldMarginBytes) return;
    const problem = `memory grows: ${heldBytes} bytes are held after a batch, ${entry.heldAtFirst} after the first`;
    this.addFinding({ target, seed, input: from, problem, hex: '', shrunkHex: '' });
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw new RangeError(`no target ${JSON.stringify(name)}`);
    return entry;
  }
}

/** All findings of a run. */
export function findingsOf({ targets }: FuzzReport): readonly Finding[] {
  return targets.flatMap(({ findings }) => findings);
}

/** How many inputs of a run passed and failed. */
export function countsOf({ targets }: FuzzReport): { readonly passed: number; readonly failed: number } {
  const sum = (of: 'passed' | 'failed') => targets.reduce((total, target) => total + target[of], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

function emptyEntry(name: string): Entry {
  return { name, passed: 0, failed: 0, reached: new Map(), findings: [], heldAtFirst: undefined };
}

function keepFirst({ findings }: Entry, finding: Finding): void {
  const kind = kindOf(finding.problem);
  if (!findings.some(({ problem }) => kindOf(problem) === kind)) findings.push(finding);
}
