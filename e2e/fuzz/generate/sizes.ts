import type { Random } from '../engine/random.ts';

/** Where the form of a frame's length changes, and small numbers around it. */
const edges = [0, 1, 2, 3, 63, 64, 65, 123, 124, 125, 126, 127, 128, 255, 256, 1000];

/** Near the end of a length in 2 bytes: dear, so rare. */
const largeEdges = [65_534, 65_535, 65_536, 65_537, 70_000];

/** A payload's length: mostly short, often at an edge, seldom beyond 65,535. */
export function payloadLength(random: Random): number {
  return random.pickWeighted<() => number>([
    [60, () => random.below(20)],
    [30, () => random.pick(edges)],
    [9, () => random.below(400)],
    [1, () => (random.chance(0.2) ? random.pick(largeEdges) : random.below(3000))],
  ])();
}
