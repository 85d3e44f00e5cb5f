import { fragments } from './fragments.ts';
import { outbox } from './outbox.ts';
import { reads, singleBytes } from './reads.ts';
import { timers } from './timers.ts';
import type { Work } from './work.ts';

/** What only needs a processor, by its name, and by series. */
export const works: Readonly<Record<string, Readonly<Record<string, Work>>>> = {
  outbox,
  fragments,
  reads,
  singleBytes,
  timers,
};
