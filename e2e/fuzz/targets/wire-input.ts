import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { validFrames } from '../generate/frames.ts';
import { mutateBytes, splice } from '../generate/mutate-bytes.ts';
import { mutateFrames } from '../generate/mutate-frames.ts';
import { type RawFrame, writeRawFrames } from '../generate/raw-frame.ts';
import type { ReferenceLimits } from '../reference/reference-protocol.ts';

/** An input for what reads frames: who reads, under which limits, in which cuts, and the stream. */
export interface WireInput {
  readonly role: 'client' | 'server';
  readonly limits: ReferenceLimits;
  readonly maxPendingPongs: number;
  readonly cutSeed: number;
  readonly stream: Uint8Array;
}

/** How many bytes stand before the stream. */
export const wireHeaderBytes = 6;

const mib16 = 16 * 2 ** 20;
const frameLimits = [mib16, 0, 1, 20, 125, 126, 1000, 65_535, 65_536];
const messageLimits = [mib16, 0, 1, 20, 125, 126, 1000, 65_535, 65_536];
const fragmentLimits = [2 ** 17, 1, 2, 3, 8];
const overheadLimits = [2 ** 20, 0, 64, 127, 128, 500];
const pongLimits = [16, 1, 2, 3];

/** Takes an input apart; a byte that chooses goes around a list. */
export function readWireInput(input: Uint8Array): WireInput {
  const [role = 0, frame = 0, message = 0, fragments = 0, pongs = 0, cutSeed = 0] = input;
  return {
    role: role & 1 ? 'server' : 'client',
    limits: {
      maxFrameBytes: at(frameLimits, frame),
      maxMessageBytes: at(messageLimits, message),
      maxFragments: at(fragmentLimits, fragments & 15),
      maxFragmentOverheadBytes: at(overheadLimits, fragments >> 4),
    },
    maxPendingPongs: at(pongLimits, pongs),
    cutSeed,
    stream: input.subarray(wireHeaderBytes),
  };
}

/** An input: a valid stream, one with a few things wrong, or bytes of chance. */
export function generateWireInput(random: Random): Uint8Array {
  const isServer = random.chance(0.5);
  const tight = () => (random.chance(0.25) ? random.below(16) : 0);
  const header = [Number(isServer), tight(), tight(), tight() | (tight() << 4), tight(), random.below(256)];
  return concat([Uint8Array.from(header), generateStream(random, isServer)]);
}

function generateStream(random: Random, isServer: boolean): Uint8Array {
  return random.pickWeighted<() => Uint8Array>([
    [30, () => writeRawFrames(validFrames(random, isServer))],
    [45, () => writeRawFrames(mutatedFrames(random, isServer))],
    [15, () => mutateBytes(random, writeRawFrames(validFrames(random, isServer)), random.between(1, 4))],
    [
      5,
      () =>
        splice(random, writeRawFrames(validFrames(random, isServer)), writeRawFrames(mutatedFrames(random, isServer))),
    ],
    [5, () => random.bytes(random.below(60))],
  ])();
}

function mutatedFrames(random: Random, isServer: boolean): RawFrame[] {
  const frames = validFrames(random, isServer);
  mutateFrames(random, frames, random.between(1, 3));
  return frames;
}

function at(list: readonly number[], index: number): number {
  return list[index % list.length] as number;
}
