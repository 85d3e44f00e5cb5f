import type { ContenderName, Row } from '../../e2e/bench/result.ts';
import { formatDigits } from './amounts.ts';

/** One thing that was wanted of a row, and whether the run reached it. */
export interface Wish {
  readonly name: string;
  readonly against: ContenderName;
  readonly isReached: boolean;
  /** What is, and what was wanted, in words. */
  readonly text: string;
}

/** What was wanted of a row. */
export function wishesOf({ name, wanted = [], ratios, better }: Row): Wish[] {
  return wanted.map(({ against, ratio }) => {
    const is = ratios[against]?.median ?? Number.NaN;
    const isReached = better === 'more' ? is >= ratio : is <= ratio;
    const bound = better === 'more' ? '≥' : '≤';
    const text = `${formatDigits(is)}\u00a0× ${against}, wanted ${bound}\u00a0${formatDigits(ratio)}`;
    return { name, against, isReached, text };
  });
}
