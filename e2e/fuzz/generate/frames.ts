import type { Random } from '../engine/random.ts';
import { type RawFrame, rawFrame } from './raw-frame.ts';
import { payloadLength } from './sizes.ts';
import { encode, text } from './text.ts';

/** Close codes that may travel (RFC 6455 7.4, IANA registry). */
const codesOnWire = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

/** Close codes that may not. */
const codesNotOnWire = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

/** A valid stream for a reader that expects masks or none: messages, whole or in fragments, with control frames between. */
export function validFrames(random: Random, isMasked: boolean): RawFrame[] {
  const frames = random.list(random.between(1, 4), () => message(random)).flat();
  const controls = random.below(4);
  // A control frame may stand between any two, also within a message (RFC 6455 5.4).
  for (let i = 0; i < controls; i++) frames.splice(random.below(frames.length + 1), 0, pingOrPong(random));
  if (random.chance(0.3)) frames.push(rawFrame(0x8, closePayload(random)));
  if (random.chance(0.1)) frames.push(...message(random));
  for (const frame of frames) frame.key = isMasked ? maskingKey(random) : undefined;
  return frames;
}

/** A masking key; sometimes one that changes nothing, or only some bytes. */
export function maskingKey(random: Random): Uint8Array {
  return random.chance(0.1) ? new Uint8Array(4) : random.bytes(4);
}

/** The body of a close frame: none, a code, or a code and a reason. */
export function closePayload(random: Random): Uint8Array {
  if (random.chance(0.2)) return new Uint8Array(0);
  const reason = random.chance(0.5) ? new Uint8Array(0) : encode(text(random, random.below(40))).subarray(0, 123);
  return Uint8Array.of(...codeBytes(random.pick(codesOnWire)), ...cutToCharacters(reason));
}

/** The body of a close frame that is wrong: its length, its code or its text. */
export function wrongClosePayload(random: Random): Uint8Array {
  return random.pick<() => Uint8Array>([
    () => random.bytes(1),
    () => Uint8Array.of(...codeBytes(random.pick(codesNotOnWire)), ...encode(text(random, 3))),
    () => Uint8Array.of(...codeBytes(1000), ...random.bytes(random.between(1, 8))),
    () => Uint8Array.of(...codeBytes(random.pick(codesOnWire)), 0x41, 0xe2, 0x82),
  ])();
}

function message(random: Random): RawFrame[] {
  const isText = random.chance(0.6);
  const length = payloadLength(random);
  const payload = isText ? textPayload(random, length) : random.bytes(length);
  const pieces = random.chance(0.5) ? [payload] : cut(random, payload, random.between(1, 8));
  return pieces.map((piece, index) =>
    rawFrame(index > 0 ? 0x0 : isText ? 0x1 : 0x2, piece, { fin: index === pieces.length - 1 }),
  );
}

function textPayload(random: Random, length: number): Uint8Array {
  if (length <= 400) return encode(text(random, length));
  // Long texts repeat a short one: they are here for their length.
  const short = text(random, 50);
  return encode(short.repeat(Math.ceil(length / 100)));
}

/** Cuts anywhere, also within a character, and also into empty pieces. */
function cut(random: Random, payload: Uint8Array, count: number): Uint8Array[] {
  const places = random.list(count - 1, () => random.below(payload.length + 1)).sort((a, b) => a - b);
  return [0, ...places].map((start, index) => payload.subarray(start, places[index] ?? payload.length));
}

function pingOrPong(random: Random): RawFrame {
  return rawFrame(random.pick([0x9, 0xa]), random.bytes(random.pick([0, 0, 1, 4, 8, 124, 125])));
}

function codeBytes(code: number): [number, number] {
  return [code >> 8, code & 0xff];
}

function cutToCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && ((bytes[end - 1] as number) & 0x80) !== 0) end--;
  return bytes.subarray(0, end);
}
