// Messages with RSV1, right ones, ones with a few things wrong and bytes of chance, in fragments, with and without a
// window that goes on, each read by RFC 1951 too: what that reads whole and within the limit is told just so, what it does
// not read is refused by `deflate-invalid`, what is too long by `message-too-large`. Nothing is thrown, all cuttings tell
// the same, and no buffer is larger than the limit, zlib's 64 KiB, and the window.
import { constants, deflateRawSync } from 'node:zlib';
import { type MessageCodec, Protocol, type ProtocolEvent } from '@holdfast/core';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import type { DeflateAgreement } from '../../../packages/node/src/deflate/negotiation.ts';
import { resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import { countAllocations } from '../engine/allocations.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { hold, holdSame, type Target } from '../engine/target.ts';
import { cuttings } from '../generate/cuts.ts';
import { mutateBytes, splice } from '../generate/mutate-bytes.ts';
import { rawFrame, type RawFrame, writeRawFrames } from '../generate/raw-frame.ts';
import { payloadLength } from '../generate/sizes.ts';
import { type Inflated, referenceInflate } from '../reference/reference-inflate.ts';

const limits = [16 * 2 ** 20, 0, 1, 20, 126, 1000, 70_000];
/** As many blocks of a message may say that they are the last, for one of no length. */
const mayBeLast = 16;

/** What an input asks for: the agreement, the limit, the cuts, and messages with their fragments. */
interface Wire {
  readonly windowBits: number;
  readonly keepsContext: boolean;
  readonly maxMessageBytes: number;
  readonly cutSeed: number;
  readonly messages: readonly { readonly isText: boolean; readonly pieces: number; readonly payload: Uint8Array }[];
}

/** The codec in a Protocol, or one with a fault planted. */
export function compressedMessagesTarget(
  create: (agreement: DeflateAgreement) => MessageCodec = (agreement) => new DeflateCodec('client', agreement),
): Target {
  return {
    name: 'compressed-messages',
    weight: { long: 60, short: 6 },
    headerBytes: 3,
    generate,
    run(input) {
      const wire = readWire(input);
      const stream = writeRawFrames(wire.messages.flatMap(framesOf));
      const told = cuttings(stream, wire.cutSeed).map(({ chunks }) => {
        const protocol = protocolOf(wire, create(agreementOf(wire)));
        const [events, { largestBytes }] = countAllocations(() => chunks.flatMap((chunk) => protocol.receive(chunk)));
        checkLargest(largestBytes, wire, stream);
        return events;
      });
      const texts = told.map((events) => events.map(formatEvent).join('\n'));
      for (const text of texts) holdSame(text, texts[0], 'events of another cutting');
      return checkEvents(told[0] as ProtocolEvent[], wire);
    },
  };
}

function generate(random: Random): Uint8Array {
  const header = [random.below(16), random.chance(0.3) ? random.below(limits.length) : 0, random.below(256)];
  const words = toLatin1(random.bytes(30));
  const messages = random.list(random.between(1, 4), () => {
    const payload = generatePayload(random, words);
    return [Uint8Array.of(random.below(256), payload.length >> 8, payload.length & 0xff), payload];
  });
  return concat([Uint8Array.from(header), ...messages.flat()]);
}

function generatePayload(random: Random, words: string): Uint8Array {
  const right = () => {
    const length = payloadLength(random) % 5000;
    const text = Buffer.from(
      random.chance(0.7) ? words.repeat(length / 30 + 1).slice(0, length) : random.bytes(length),
    );
    const level = random.below(10);
    const strategy = random.below(5);
    const finishFlush = random.chance(0.8) ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
    const compressed = deflateRawSync(text, { level, strategy, finishFlush, dictionary: Buffer.from(words) });
    return finishFlush === constants.Z_FINISH ? concat([compressed, Uint8Array.of(0)]) : compressed.subarray(0, -4);
  };
  return random.pickWeighted<() => Uint8Array>([
    [45, right],
    [35, () => mutateBytes(random, right(), random.between(1, 3))],
    [10, () => splice(random, right(), right())],
    [10, () => random.bytes(random.below(40))],
  ])();
}

/** The length of a message stands before it, and is cut where the input ends. */
function readWire(input: Uint8Array): Wire {
  const [side = 0, limit = 0, cutSeed = 0] = input;
  const messages = [];
  for (let at = 3; at < input.length; ) {
    const [how = 0, high = 0, low = 0] = input.subarray(at, at + 3);
    const payload = input.slice(at + 3, at + 3 + high * 256 + low);
    messages.push({ isText: (how & 7) === 0, pieces: 1 + ((how >> 3) & 3), payload });
    at += 3 + high * 256 + low;
  }
  return {
    windowBits: 8 + (side & 7),
    keepsContext: (side & 8) === 0,
    maxMessageBytes: limits[limit % limits.length] as number,
    cutSeed,
    messages,
  };
}

function framesOf({ isText, pieces, payload }: Wire['messages'][number]): RawFrame[] {
  const size = Math.ceil(payload.length / pieces);
  return Array.from({ length: pieces }, (_, at) => {
    const piece = payload.subarray(at * size, (at + 1) * size);
    return rawFrame(at > 0 ? 0 : isText ? 1 : 2, piece, { fin: at === pieces - 1, rsv: at === 0 ? 4 : 0 });
  });
}

function agreementOf({ windowBits, keepsContext }: Wire): DeflateAgreement {
  const side = { windowBits, keepsContext };
  const [options] = resolveCompression(true, true);
  return { text: '', server: side, client: side, options: options as DeflateAgreement['options'] };
}

function protocolOf({ maxMessageBytes }: Wire, codec: MessageCodec): Protocol {
  return new Protocol({ role: 'client', createMaskingKey: () => new Uint8Array(4), maxMessageBytes, codec });
}

function checkLargest(largestBytes: number, { maxMessageBytes, messages }: Wire, stream: Uint8Array): void {
  const atOnce = Math.min(maxMessageBytes, Math.max(0, ...messages.map(({ payload }) => payload.length * 1100)));
  const most = atOnce + 64 * 1024 + 2 ** 15 + 2 * stream.length;
  hold(largestBytes <= most, () => `a buffer of ${largestBytes} bytes where ${most} are enough`);
}

/** Holds what was told against the reference, message by message; answers what was reached. */
function checkEvents(events: readonly ProtocolEvent[], wire: Wire): string[] {
  const history: number[] = [];
  const labels: string[] = [];
  for (const [at, message] of wire.messages.entries()) {
    const inflated = referenceInflate(message.payload, history, wire.windowBits);
    const event = events[at];
    hold(event !== undefined, `nothing was told of message ${at}`);
    const most = wire.maxMessageBytes;
    // RFC 1951 makes nothing longer by so much: more of it is refused before it is looked at.
    const isTooLong = inflated.bytes.length > most || message.payload.length > most * 1.125 + 1024;
    labels.push(checkEvent(event, inflated, message.isText, isTooLong));
    if (event.type === 'fault') {
      holdSame(events.length, at + 1, 'events up to the fault');
      return labels;
    }
    if (wire.keepsContext) for (const byte of inflated.bytes) history.push(byte);
  }
  holdSame(events.length, wire.messages.length, 'events');
  return labels;
}

function checkEvent(event: ProtocolEvent, inflated: Inflated, isText: boolean, isTooLong: boolean): string {
  const expected = expectedCodes(inflated, isText, isTooLong);
  if (event.type === 'fault') {
    hold(
      expected.includes(event.error.code),
      () => `refused by ${event.error.message}, expected ${expected.join(' or ')}`,
    );
    return event.error.code;
  }
  hold(event.type === 'message', `a ${event.type} was told`);
  hold(expected.includes('a message'), () => `a message was told, expected ${expected.join(' or ')}`);
  const bytes = typeof event.data === 'string' ? Buffer.from(event.data) : event.data;
  holdSame(toLatin1(bytes), toLatin1(inflated.bytes), 'what was inflated');
  return 'message';
}

/** Each that is right: which of two faults shows first depends on where zlib stops to look. */
function expectedCodes(
  { bytes, isValid, finals, isDoubtful }: Inflated,
  isText: boolean,
  isTooLong: boolean,
): string[] {
  const isWrongText = isText && !Buffer.from(Buffer.from(bytes).toString()).equals(bytes);
  const codes = [
    ...(isTooLong ? ['message-too-large'] : []),
    ...(isWrongText ? ['utf8-invalid'] : []),
    ...(!isValid || isDoubtful || finals > mayBeLast ? ['deflate-invalid'] : []),
  ];
  return isValid && !isTooLong && !isWrongText ? [...codes, 'a message'] : codes;
}

/** An event as text. */
function formatEvent(event: ProtocolEvent): string {
  if (event.type === 'message')
    return typeof event.data === 'string' ? `text ${event.data}` : `bytes ${toLatin1(event.data)}`;
  return event.type === 'fault' ? `fault ${event.error.message}` : event.type;
}
