import { decodeClosePayload, type Frame, FrameDecoder, HoldfastError, MessageAssembler, Opcode } from '@holdfast/core';
import { type FrameLayout, layOutFrame } from './frame-layout.ts';
import { parseHex } from './hex.ts';

/** Whose rules the bytes are held against: `auto` takes the side that the first frame's mask bit fits. */
export type ReaderRole = 'auto' | 'client' | 'server';

/** What pasted bytes turned out to be. */
export interface ReadFrames {
  readonly role: 'client' | 'server';
  readonly frames: readonly { readonly frame: Frame; readonly layout: FrameLayout }[];
  /** What stands behind the last whole frame: the beginning of one, or one that breaks a rule. */
  readonly rest: FrameLayout | undefined;
  readonly fault: HoldfastError | undefined;
}

const maxFrameBytes = 1024 * 1024;

/** Reads hex as the frames it holds. Throws when it is no hex. */
export function readFrames(text: string, wanted: ReaderRole): ReadFrames {
  const bytes = parseHex(text);
  const role = wanted === 'auto' ? roleFor(bytes) : wanted;
  const { frames, fault } = decode(bytes, role);
  let at = 0;
  const withLayouts = frames.map((frame) => {
    const layout = layOutFrame(bytes.subarray(at));
    at += layout.frameBytes;
    return { frame, layout };
  });
  const rest = at < bytes.length ? layOutFrame(bytes.subarray(at)) : undefined;
  return { role, frames: withLayouts, rest, fault };
}

/** Masked frames are a server's to read. */
function roleFor(bytes: Uint8Array): 'client' | 'server' {
  return (bytes[1] ?? 0) >= 0x80 ? 'server' : 'client';
}

function decode(bytes: Uint8Array, role: 'client' | 'server'): { frames: Frame[]; fault: HoldfastError | undefined } {
  const decoder = new FrameDecoder({ role, maxFrameBytes });
  const assembler = new MessageAssembler();
  const frames: Frame[] = [];
  try {
    for (const frame of decoder.push(bytes)) {
      // A close frame's payload has rules of its own (RFC 6455 5.5.1).
      if (frame.opcode === Opcode.Close) decodeClosePayload(frame.payload);
      // So have fragments and text (RFC 6455 5.4, 8.1).
      if (frame.opcode < Opcode.Close) assembler.push(frame);
      frames.push(frame);
    }
    // Whole frames before a fault are answered first; the fault is thrown when it is asked again.
    decoder.push(new Uint8Array());
    return { frames, fault: undefined };
  } catch (error) {
    if (error instanceof HoldfastError) return { frames, fault: error };
    throw error;
  }
}
