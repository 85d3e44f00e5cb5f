// Any frame is encoded to bytes that a reference reads as that same frame, and nothing else, or is refused as
// `invalid-frame`. Any frame, of any peer, is shown in one line and in one drawing: short, whatever its length, and
// without a character that a terminal or a page would act on.
import { encodeFrame, type Frame, formatFrame, formatFrameDiagram, HoldfastError, type Opcode } from '@holdfast/core';
import { concat, toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { closePayload, wrongClosePayload } from '../generate/frames.ts';
import { payloadLength } from '../generate/sizes.ts';
import { brokenText, encode, text } from '../generate/text.ts';
import { readReferenceFrames } from '../reference/reference-frames.ts';

const headerBytes = 7;

/** The encoder, and what shows frames to people; or an encoder with a fault planted. */
export function encodeFrameTarget(encodeOne: typeof encodeFrame = encodeFrame): Target {
  return {
    name: 'encode-frame',
    weight: { long: 70, short: 60 },
    headerBytes,
    generate: (random) => concat([generateHeader(random), generatePayload(random)]),
    run(input) {
      const frame = readFrame(input);
      checkLine(formatFrame(frame));
      const bytes = attempt(() => encodeOne(frame));
      if (bytes instanceof HoldfastError) {
        holdSame(bytes.code, 'invalid-frame', 'refusal');
        hold(!mayTravel(frame), () => `refused, and may travel: ${bytes.message}`);
        return ['refused'];
      }
      hold(mayTravel(frame), 'encoded, and may not travel');
      checkBytes(bytes, frame);
      checkDiagram(formatFrameDiagram(frame));
      return [`opcode ${frame.opcode}${frame.maskingKey ? ' masked' : ''}`];
    },
  };
}

/** First bits as they are; then the key's length, of which 4 is right, and its bytes. */
function readFrame(input: Uint8Array): Frame {
  const [bits = 0, opcode = 0, keyBytes = 0] = input;
  return {
    fin: (bits & 0x80) !== 0,
    rsv1: (bits & 0x40) !== 0,
    rsv2: (bits & 0x20) !== 0,
    rsv3: (bits & 0x10) !== 0,
    opcode: (opcode % 16) as Opcode,
    ...(keyBytes > 0 && { maskingKey: input.slice(3, 3 + Math.min(4, keyBytes)) }),
    payload: input.subarray(headerBytes),
  };
}

function generateHeader(random: Random): Uint8Array {
  const bits = (random.chance(0.8) ? 0x80 : 0) | (random.chance(0.2) ? random.below(8) << 4 : 0);
  const opcode = random.chance(0.9) ? random.pick([0x0, 0x1, 0x1, 0x2, 0x8, 0x9, 0xa]) : random.below(16);
  return concat([
    Uint8Array.of(bits, opcode, random.chance(0.05) ? random.below(4) : random.pick([0, 4])),
    random.bytes(4),
  ]);
}

function generatePayload(random: Random): Uint8Array {
  return random.pick<() => Uint8Array>([
    () => encode(text(random, random.below(60))),
    () => brokenText(random, 20),
    () => random.bytes(payloadLength(random)),
    () => closePayload(random),
    () => wrongClosePayload(random),
  ])();
}

/** RFC 6455 5.2, 5.3, 5.5. */
function mayTravel({ fin, opcode, maskingKey, payload }: Frame): boolean {
  const isDefined = [0x0, 0x1, 0x2, 0x8, 0x9, 0xa].includes(opcode);
  const isTooMuch = opcode >= 0x8 && (!fin || payload.length > 125);
  return isDefined && !isTooMuch && (maskingKey?.length ?? 4) === 4;
}

function checkBytes(bytes: Uint8Array, { fin, rsv1, rsv2, rsv3, opcode, maskingKey, payload }: Frame): void {
  const first = bytes[0] as number;
  holdSame(first & 0x70, (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0), 'reserved bits');
  const plain = bytes.slice();
  plain[0] = first & 0x8f;
  const { frames, fault } = readReferenceFrames(plain, maskingKey !== undefined, Number.POSITIVE_INFINITY);
  hold(fault === undefined && frames.length === 1, () => `read as ${frames.length} frames and ${fault?.codes.join()}`);
  const [read] = frames;
  holdSame(read?.isWhole, true, 'whole');
  holdSame(`${read?.fin} ${read?.opcode}`, `${fin} ${opcode}`, 'header');
  holdSame(toLatin1(read?.key ?? new Uint8Array(0)), toLatin1(maskingKey ?? new Uint8Array(0)), 'key');
  holdSame(toLatin1(read?.payload ?? new Uint8Array(0)), toLatin1(payload), 'payload');
}

/** Control characters, line separators and those that turn the direction of text: none may come out of a payload. */
const acting = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u;

function checkLine(line: string): void {
  hold(!acting.test(line), () => `a character that acts, in ${JSON.stringify(line)}`);
  hold(line.length <= 300, () => `a line of ${line.length} characters`);
}

function checkDiagram(diagram: string): void {
  const lines = diagram.split('\n');
  hold(/^[\x20-\x7e\n]*$/.test(diagram), 'a diagram that is not plain ASCII');
  hold(lines.length <= 50 && lines.every((line) => line.length <= 66), 'a diagram that is too large');
}
