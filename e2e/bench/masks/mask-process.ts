// The masks of one contender, in a process of its own: `mask-process.ts NAME WAY SIZE`.
import { randomBytes } from 'node:crypto';
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import { type Kernels, kernels } from './kernels.ts';

const [name, way, length] = process.argv.slice(2);
const { copy, inPlace } = kernels[name as ContenderName]!;
const size = Number(length);
/** What is sent in one turn goes into one piece of memory, each message behind the header of 6 bytes or more before it. */
const headerBytes = 6;
const target = Buffer.alloc(Math.max(64 * 1024, size + headerBytes));
const source = randomBytes(size);
const key = randomBytes(4);
let at = headerBytes;

answerOrders({}, ({ count }: { readonly count: number }): Sample => {
  const begin = performance.now();
  for (let left = count; left > 0; left--) run();
  return { count, ms: performance.now() - begin };
});

const runs: Record<keyof Kernels, () => void> = {
  copy() {
    copy(source, key, target, nextAt());
  },
  inPlace() {
    const start = nextAt();
    inPlace(target.subarray(start, start + size), key);
  },
};
const run = runs[way as keyof Kernels];

function nextAt(): number {
  const start = at;
  at += size + headerBytes;
  if (at + size > target.length) at = headerBytes;
  return start;
}
