import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';

type Mutation = (random: Random, bytes: Uint8Array) => Uint8Array;

const tellingBytes = [0x00, 0x01, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x88, 0x89, 0xfe, 0xff, 0x0a, 0x0d, 0x20, 0xc3, 0xf0];

const mutations: readonly Mutation[] = [flipBit, setByte, remove, repeat, insert, truncate, swap];

/** Some of the bytes changed, without a thought for what they mean. */
export function mutateBytes(random: Random, bytes: Uint8Array, times: number): Uint8Array {
  let mutated = bytes;
  for (let i = 0; i < times; i++) mutated = random.pick(mutations)(random, mutated);
  return mutated;
}

/** The beginning of one and the end of another. */
export function splice(random: Random, head: Uint8Array, tail: Uint8Array): Uint8Array {
  return concat([head.subarray(0, random.below(head.length + 1)), tail.subarray(random.below(tail.length + 1))]);
}

function flipBit(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = random.below(copy.length);
  if (copy.length > 0) copy[at] = (copy[at] as number) ^ (1 << random.below(8));
  return copy;
}

function setByte(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) copy[random.below(copy.length)] = random.pick(tellingBytes);
  return copy;
}

function remove(random: Random, bytes: Uint8Array): Uint8Array {
  const [start, end] = range(random, bytes);
  return concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function repeat(random: Random, bytes: Uint8Array): Uint8Array {
  const [start, end] = range(random, bytes);
  return concat([bytes.subarray(0, end), bytes.subarray(start)]);
}

function insert(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  const inserted = random.chance(0.5) ? Uint8Array.of(random.pick(tellingBytes)) : random.bytes(random.between(1, 6));
  return concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
}

function truncate(random: Random, bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, random.below(bytes.length + 1));
}

function swap(random: Random, bytes: Uint8Array): Uint8Array {
  const [start, end] = range(random, bytes);
  return concat([bytes.subarray(0, start), bytes.subarray(end), bytes.subarray(start, end)]);
}

/** A short range, or sometimes any. */
function range(random: Random, bytes: Uint8Array): [start: number, end: number] {
  const start = random.below(bytes.length + 1);
  const longest = random.chance(0.8) ? 8 : bytes.length;
  return [start, Math.min(bytes.length, start + random.below(longest + 1))];
}
