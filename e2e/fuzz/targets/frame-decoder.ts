// Any bytes under any cutting give the same frames and the same fault, each at the byte that completes it, and those of
// a reference written from the RFC. Only HoldfastError is thrown, with a close code, and after a fault only that fault.
// What was decoded, encoded again, is the bytes that came in. No chunk is written into. Memory is taken for what has
// arrived, never for what is announced, and all of it is linear in what has arrived.
import { encodeFrame, type Frame, FrameDecoder, type FrameDecoderOptions, HoldfastError } from '@holdfast/core';
import { countAllocations } from '../engine/allocations.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import { attempt, hold, holdSame, holdSameList, type Target } from '../engine/target.ts';
import { type Cutting, cuttings, isUntouched } from '../generate/cuts.ts';
import { type ReferenceFault, readReferenceFrames } from '../reference/reference-frames.ts';
import { checkAllocated } from './allocated.ts';
import { generateWireInput, readWireInput, wireHeaderBytes } from './wire-input.ts';

/** The part of a FrameDecoder that is fuzzed. */
export type DecoderLike = Pick<FrameDecoder, 'push'>;

/** What a decoder said, and after how many bytes. */
interface Heard {
  readonly frames: readonly Frame[];
  /** After how many bytes each frame was there. */
  readonly ends: readonly number[];
  readonly fault: HoldfastError | undefined;
  readonly faultAt: number;
}

/** The frame decoder, or one with a fault planted. */
export function frameDecoderTarget(
  create: (options: FrameDecoderOptions) => DecoderLike = (options) => new FrameDecoder(options),
): Target {
  return {
    name: 'frame-decoder',
    weight: { long: 120, short: 30 },
    headerBytes: wireHeaderBytes,
    generate: generateWireInput,
    run(input) {
      const { role, limits, cutSeed, stream } = readWireInput(input);
      const reference = readReferenceFrames(stream, role === 'server', limits.maxFrameBytes);
      const expected = reference.frames.filter(({ isWhole }) => isWhole);
      const frames = expected.map(({ fin, opcode, key, payload }) => formatFrame(fin, opcode, key, payload));
      const ends = expected.map(({ headerEnd, payload }) => headerEnd + payload.length);

      let fault: HoldfastError | undefined;
      for (const cutting of cuttings(stream, cutSeed)) {
        const decoder = create({ role, maxFrameBytes: limits.maxFrameBytes });
        const [heard, allocated] = countAllocations(() => hear(decoder, cutting));
        const got = heard.frames.map(({ fin, opcode, maskingKey, payload }) =>
          formatFrame(fin, opcode, maskingKey, payload),
        );
        holdSameList(got, frames, `frame ${cutting.name}`);
        checkFault(heard.fault, reference.fault, cutting.name);
        fault = heard.fault;
        hold(isUntouched(cutting, stream), `a chunk was written into, ${cutting.name}`);
        checkAllocated(allocated, stream.length, frames.length + 1);
        if (cutting.name === 'byte by byte') {
          holdSameList(heard.ends.map(String), ends.map(String), 'byte at which a frame is there');
          if (reference.fault) holdSame(heard.faultAt, reference.fault.at, 'byte at which the fault is told');
        }
        if (cutting.name === 'whole') checkRoundTrip(heard.frames, stream, ends.at(-1) ?? 0);
      }
      return faultLabels(role, fault);
    },
  };
}

/** What an input reached that a decoder in this role refuses, or does not. */
export function faultLabels(role: string, fault: HoldfastError | undefined): string[] {
  return fault ? [fault.code, `${role}: ${fault.code}`] : [`${role}: no fault`];
}

/** Throws a Breach unless both tell the same fault, or none. */
export function checkFault(got: HoldfastError | undefined, expected: ReferenceFault | undefined, how: string): void {
  if (!expected) return hold(got === undefined, () => `fault ${how}: ${got?.message}, expected none`);
  hold(got !== undefined, `fault ${how}: none, expected ${expected.codes.join(' or ')}`);
  hold(expected.codes.includes(got.code), () => `fault ${how}: ${got.code}, expected ${expected.codes.join(' or ')}`);
  holdSame(got.closeCode, expected.closeCode, `close code of ${got.code}`);
}

function hear(decoder: DecoderLike, { chunks }: Cutting): Heard {
  const frames: Frame[] = [];
  const ends: number[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    const answer = attempt(() => decoder.push(chunk));
    if (answer instanceof HoldfastError) return { frames, ends, fault: hearAgain(decoder, answer), faultAt: bytes };
    for (const frame of answer) {
      frames.push(frame);
      ends.push(bytes);
    }
  }
  // A fault behind whole frames is told by the next call.
  const last = attempt(() => decoder.push(new Uint8Array(0)));
  if (!(last instanceof HoldfastError)) holdSame(last.length, 0, 'frames of an empty chunk');
  const fault = last instanceof HoldfastError ? hearAgain(decoder, last) : undefined;
  return { frames, ends, fault, faultAt: bytes };
}

function hearAgain(decoder: DecoderLike, fault: HoldfastError): HoldfastError {
  const again = attempt(() => decoder.push(Uint8Array.of(0x81, 0x00)));
  hold(again === fault, `${fault.code} is followed by something else`);
  return fault;
}

function checkRoundTrip(frames: readonly Frame[], stream: Uint8Array, end: number): void {
  const again = concat(frames.map((frame) => encodeFrame(frame)));
  holdSame(toLatin1(again), toLatin1(stream.subarray(0, end)), 'frames encoded again');
}

function formatFrame(fin: boolean, opcode: number, key: Uint8Array | undefined, payload: Uint8Array): string {
  return `${fin ? 'fin' : '...'} ${opcode} ${key ? toLatin1(key) : 'unmasked'} ${toLatin1(payload)}`;
}
