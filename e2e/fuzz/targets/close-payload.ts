// Any body of a close frame is read as a reference does, or refused with its close code; what is read, encoded again, is
// the same body. Any code and text is encoded to a body of at most 125 bytes that reads as the code and a prefix of the
// text, or refused as `invalid-close-code`.
import { decodeClosePayload, encodeClosePayload, HoldfastError } from '@holdfast/core';
import { concat, toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { closePayload, wrongClosePayload } from '../generate/frames.ts';
import { mutateBytes } from '../generate/mutate-bytes.ts';
import { rawFrame, writeRawFrames } from '../generate/raw-frame.ts';
import { encode, text } from '../generate/text.ts';
import { judge } from '../reference/reference-protocol.ts';

const generous = { maxFrameBytes: 1000, maxMessageBytes: 1000, maxFragments: 1, maxFragmentOverheadBytes: 1000 };

/** The codec of close frames' bodies, or a decoder with a fault planted. */
export function closePayloadTarget(decode: typeof decodeClosePayload = decodeClosePayload): Target {
  return {
    name: 'close-payload',
    weight: { long: 80, short: 390 },
    headerBytes: 0,
    generate: generateBody,
    run(body) {
      checkEncoding(body);
      return body.length <= 125 ? [checkDecoding(body, decode)] : [];
    },
  };
}

function generateBody(random: Random): Uint8Array {
  return random.pickWeighted<() => Uint8Array>([
    [3, () => closePayload(random)],
    [3, () => wrongClosePayload(random)],
    [2, () => mutateBytes(random, closePayload(random), random.between(1, 2))],
    [1, () => random.bytes(random.below(126))],
    // Longer than may travel: for the encoder.
    [2, () => concat([Uint8Array.of(0x03, 0xe8), encode(text(random, random.between(60, 140)))])],
  ])();
}

function checkDecoding(body: Uint8Array, decode: typeof decodeClosePayload): string {
  const { events, fault } = judge(writeRawFrames([rawFrame(0x8, body)]), false, generous);
  const answer = attempt(() => decode(body));
  if (answer instanceof HoldfastError) {
    holdSame(`${answer.code} ${answer.closeCode}`, `${fault?.codes[0]} ${fault?.closeCode}`, 'refusal');
    return answer.code;
  }
  holdSame(`close ${answer.code} ${answer.reason}`, events[0]?.event, 'close');
  holdSame(toLatin1(encodeClosePayload(answer.code, answer.reason)), toLatin1(body), 'body encoded again');
  return answer.reason ? 'code and reason' : answer.code === 1005 ? 'empty' : 'code';
}

/** Takes the body as a number and a text that an app could give. */
function checkEncoding(body: Uint8Array): void {
  const code = (body[0] ?? 0) * 256 + (body[1] ?? 0);
  const reason = Buffer.from(body.subarray(2)).toString('utf8');
  const answer = attempt(() => encodeClosePayload(code, reason));
  if (answer instanceof HoldfastError) {
    const refused = attempt(() => decodeClosePayload(Uint8Array.of(code >> 8, code & 0xff)));
    hold(refused instanceof HoldfastError || code === 1005, () => `code ${code} may travel, and is not encoded`);
    return holdSame(answer.code, 'invalid-close-code', 'refusal of the encoder');
  }
  hold(answer.length <= 125, () => `a body of ${answer.length} bytes`);
  const read = decodeClosePayload(answer);
  holdSame(read.code, code, 'code that was encoded');
  hold(code === 1005 || reason.startsWith(read.reason), 'the reason is no prefix of what was given');
}
