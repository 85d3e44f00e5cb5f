import type { Random } from '../engine/random.ts';
import { maskingKey, wrongClosePayload } from './frames.ts';
import { type RawFrame, rawFrame } from './raw-frame.ts';
import { brokenText, encode, text } from './text.ts';

type Mutation = (random: Random, frame: RawFrame, frames: RawFrame[]) => void;

/** Lengths that nobody should believe: around 2^16, 2^31, 2^32, 2^53, and with the top bit (RFC 6455 5.2). */
const hugeLengths = [
  0xffffn,
  0x10000n,
  0x1000000n,
  0x1000001n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  0x1fffffffffffffn,
  0x20000000000000n,
  0x7fffffffffffffffn,
  0x8000000000000000n,
  0xffffffffffffffffn,
];

/** Each breaks one rule, or comes near to it. */
const mutations: readonly Mutation[] = [
  // A reserved bit, a reserved opcode, another opcode.
  (random, frame) => void (frame.rsv ^= 1 << random.below(3)),
  (random, frame) => void (frame.opcode = random.below(16)),
  (random, frame) => void (frame.opcode = random.pick([0, 1, 2, 8, 9, 10])),
  // A message that does not end or does so too early, a control frame in pieces.
  (_, frame) => void (frame.fin = !frame.fin),
  (random, _, frames) => insertNear(random, frames, rawFrame(0x9, random.bytes(3), { fin: false })),
  (random, _, frames) => insertNear(random, frames, rawFrame(0x8, wrongClosePayload(random))),
  (random, _, frames) => insertNear(random, frames, rawFrame(0x0, random.bytes(random.below(4)))),
  (random, _, frames) => insertNear(random, frames, rawFrame(0x1, encode(text(random, 3)), { fin: false })),
  // A control frame that is too long.
  (random, frame) => {
    frame.opcode = random.pick([0x8, 0x9, 0xa]);
    frame.payload = random.bytes(random.pick([125, 126, 127, 200]));
  },
  // The mask missing, or where none belongs.
  (random, frame) => void (frame.key = frame.key ? undefined : maskingKey(random)),
  // Another form of the length, and lengths that lie.
  (random, frame) => void (frame.lengthBytes = random.pick([0, 2, 8])),
  (random, frame) => {
    frame.lengthBytes = 8;
    frame.announced = random.pick(hugeLengths);
  },
  (random, frame) => void (frame.announced = BigInt(Math.max(0, frame.payload.length + random.between(-3, 3)))),
  // Text that is none, in one piece or in two.
  (random, frame) => {
    frame.payload = brokenText(random, 6);
    if (random.chance(0.7)) frame.opcode = 0x1;
  },
  (random, _, frames) => {
    const broken = brokenText(random, 4);
    const at = random.below(broken.length + 1);
    const first = rawFrame(0x1, broken.subarray(0, at), { fin: false });
    frames.push(first, rawFrame(0x0, broken.subarray(at)));
  },
  // Twice, not at all, elsewhere, in many pieces.
  (random, frame, frames) => void frames.splice(random.below(frames.length), 0, { ...frame }),
  (_, frame, frames) => void frames.splice(frames.indexOf(frame), 1),
  (random, frame, frames) => {
    frames.splice(frames.indexOf(frame), 1);
    insertNear(random, frames, frame);
  },
  (random, _, frames) => {
    const opcode = random.pick([0x1, 0x2]);
    const pieces = random.list(random.between(2, 40), (index) =>
      rawFrame(index === 0 ? opcode : 0x0, random.chance(0.5) ? new Uint8Array(0) : Uint8Array.of(0x41), {
        fin: false,
      }),
    );
    frames.push(...pieces);
  },
];

/** Changes some of the frames as people do who look for a hole. */
export function mutateFrames(random: Random, frames: RawFrame[], times: number): void {
  const isMasked = frames.some(({ key }) => key !== undefined);
  const known = new Set(frames);
  for (let i = 0; i < times && frames.length > 0; i++) random.pick(mutations)(random, random.pick(frames), frames);
  // What was put in is wrong by itself, not by its mask.
  for (const frame of frames) if (!known.has(frame) && isMasked) frame.key ??= maskingKey(random);
}

function insertNear(random: Random, frames: RawFrame[], frame: RawFrame): void {
  frames.splice(random.below(frames.length + 1), 0, frame);
}
