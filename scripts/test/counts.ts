/** How many tests of a step came out how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing ran. */
export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A step that is one test by itself. */
export function one(passed: boolean): Counts {
  return passed ? { ...none, passed: 1 } : { ...none, failed: 1 };
}

/** All counts together. */
export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (all, { passed, failed, skipped }) => ({
      passed: all.passed + passed,
      failed: all.failed + failed,
      skipped: all.skipped + skipped,
    }),
    none,
  );
}

/** The closing line: `N passed, N failed`, and how many were skipped if any were. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
