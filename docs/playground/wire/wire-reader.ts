import { FrameDecoder, HoldfastError, MessageAssembler, decodeClosePayload, Opcode } from '@holdfast/core';
import { frameLength } from '../frame/frame-layout.ts';
import type { Side, WireChunk } from '../line/wire-chunk.ts';
import type { NewEntry } from './wire-entry.ts';

/** So much of a frame is kept, in bytes. */
const keptBytes = 16 * 1024;

/** What one end of a line sends, chunk by chunk, as entries of a log. */
export class WireReader {
  readonly #from: Side;
  readonly #decoder: FrameDecoder;
  readonly #assembler = new MessageAssembler();
  #bytes = new Uint8Array(0);
  #continues: number | undefined;
  #isBroken = false;

  /** Who reads it is the other side, by whose rules it is judged (RFC 6455 5.1). */
  constructor(from: Side) {
    this.#from = from;
    this.#decoder = new FrameDecoder({ role: from === 'client' ? 'server' : 'client' });
  }

  /** Takes a chunk; answers the frames that it ends, and the rule that it breaks. */
  read(chunk: WireChunk): NewEntry[] {
    const base = { line: chunk.line, from: this.#from, atMs: chunk.atMs };
    if (chunk.kind === 'handshake') {
      return [{ ...base, kind: 'handshake', text: latin1(chunk.bytes) }];
    }
    if (this.#isBroken) return [];
    const entries: NewEntry[] = [];
    this.#bytes = join(this.#bytes, chunk.bytes);
    try {
      // Whole frames before a fault are answered first; the fault is thrown when it is asked again.
      for (const part of [chunk.bytes, new Uint8Array(0)]) {
        for (const frame of this.#decoder.push(part)) {
          this.#judge(frame);
          entries.push({ ...base, ...this.#takeFrame(frame) });
        }
      }
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      this.#isBroken = true;
      entries.push({ ...base, kind: 'fault', bytes: this.#bytes.slice(0, keptBytes), error });
    }
    return entries;
  }

  /** Rules of messages, which no single frame shows. */
  #judge(frame: ReturnType<FrameDecoder['push']>[number]): void {
    if (frame.opcode === Opcode.Close) decodeClosePayload(frame.payload);
    else if (frame.opcode < 8) this.#assembler.push(frame);
  }

  #takeFrame({ fin, opcode, payload }: ReturnType<FrameDecoder['push']>[number]) {
    const frameBytes = frameLength(this.#bytes);
    const bytes = this.#bytes.slice(0, Math.min(frameBytes, keptBytes));
    this.#bytes = this.#bytes.subarray(frameBytes);
    const continues = opcode === Opcode.Continuation ? this.#continues : undefined;
    if (opcode < 8) this.#continues = fin ? undefined : (continues ?? opcode);
    return { kind: 'frame' as const, bytes, frameBytes, payloadBytes: payload.length, fin, opcode, continues };
  }
}

function join(start: Uint8Array, end: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(start.length + end.length);
  joined.set(start);
  joined.set(end, start.length);
  return joined;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
