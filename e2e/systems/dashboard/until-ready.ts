import type { Family } from '../../browser/family.ts';

/** Resolves when this address answers with a success; rejects when the program has ended. */
export async function untilReady(url: string, family: Family): Promise<void> {
  const isReady = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  while (!(await Promise.race([isReady(), family.ended]))) await pause();
}
