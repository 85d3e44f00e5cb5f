// The masks of one contender, in a process of its own: `mask-process.ts NAME WAY SIZE`.
import { randomBytes } from 'node:crypto';
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import { type Kernels, kernels } from './kernels.ts';

const [name, way, length] = process.argv.slice(2);
const { copy, inPlace } = kernels[name as ContenderName]!;
const size = Number(length);
/** Messages stand in one piece of memory, each behind a header, so that most do not begin at a word. */
const headerBytes = 6;
const memory = Buffer.alloc(Math.max(64 * 1024, size + headerBytes));
const source = randomBytes(size);
const key = randomBytes(4);
const places = Array.from({ length: Math.floor(memory.length / (size + headerBytes)) }, (_, at) => {
  return headerBytes + at * (size + headerBytes);
});
const payloads = places.map((start) => memory.subarray(start, start + size));

const runs: Record<keyof Kernels, (place: number) => void> = {
  copy: (place) => copy(source, key, memory, places[place]!),
  inPlace: (place) => inPlace(payloads[place]!, key),
};
const run = runs[way as keyof Kernels];

answerOrders({}, ({ count }: { readonly count: number }): Sample => {
  const begin = performance.now();
  for (let left = count, place = 0; left > 0; left--) {
    run(place);
    place = place + 1 === places.length ? 0 : place + 1;
  }
  return { count, ms: performance.now() - begin };
});
