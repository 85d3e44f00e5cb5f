import type { Bench, Row } from './row.ts';

/** How a row came out: `undefined` where all is as the standard says. */
export type Outcome = string | undefined;

/** Looks at one thing for a limited time, and answers what is wrong, if anything. */
export async function outcomeOf({ look }: Row, bench: Bench, limitMs = 10_000): Promise<Outcome> {
  let limit: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Outcome>((resolve) => {
    limit = setTimeout(() => resolve('nothing more happens'), limitMs);
  });
  try {
    return await Promise.race([
      late,
      Promise.resolve(bench)
        .then(look)
        .then(() => undefined),
    ]);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    clearTimeout(limit);
  }
}

/** The names of rows, with what is wrong of each that is. */
export type Differences = Readonly<Record<string, string>>;

/** Looks at everything, one after the other. */
export async function differencesOf(rows: readonly Row[], bench: Bench, limitMs?: number): Promise<Differences> {
  const differences: Record<string, string> = {};
  for (const row of rows) {
    const outcome = await outcomeOf(row, bench, limitMs);
    if (outcome !== undefined) differences[`${row.rule}: ${row.name}`] = outcome;
  }
  return differences;
}
