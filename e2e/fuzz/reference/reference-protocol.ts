import type { HoldfastErrorCode } from '@holdfast/core';
import { toLatin1 } from '../engine/hex.ts';
import { type ReferenceFault, type ReferenceFrame, readReferenceFrames } from './reference-frames.ts';
import { firstWrongByte, ReferenceUtf8 } from './reference-utf8.ts';

/** What is allowed; each of the Protocol's limits. */
export interface ReferenceLimits {
  readonly maxFrameBytes: number;
  readonly maxMessageBytes: number;
  readonly maxFragments: number;
  readonly maxFragmentOverheadBytes: number;
}

/** An event as `formatEvent` of the protocol target writes it, and after how many bytes of the stream it is known. */
export interface ReferenceEvent {
  readonly event: string;
  readonly at: number;
}

/** What a connection comes to that receives these bytes and says nothing by itself. */
export interface Judgement {
  readonly events: readonly ReferenceEvent[];
  readonly fault: ReferenceFault | undefined;
  /** How many frames were read; the last may be in part. */
  readonly frames: number;
  /** Whether the stream stops within a frame's header. */
  readonly isCutInHeader: boolean;
}

/** Judges a whole stream by RFC 6455 5.4 to 5.6, 7.4 and 8.1, from left to right. */
export function judge(stream: Uint8Array, isServer: boolean, limits: ReferenceLimits): Judgement {
  const { frames, fault: frameFault, isCutInHeader } = readReferenceFrames(stream, isServer, limits.maxFrameBytes);
  const reader = new MessageReader(limits);
  for (const [index, frame] of frames.entries()) {
    const own = reader.read(frame);
    // What comes after a close frame or a fault is not read any more.
    if (own || reader.isClosed) {
      return { events: reader.events, fault: own, frames: index + 1, isCutInHeader: false };
    }
  }
  return { events: reader.events, fault: frameFault, frames: frames.length, isCutInHeader };
}

class MessageReader {
  readonly events: ReferenceEvent[] = [];
  isClosed = false;
  readonly #limits: ReferenceLimits;
  /** The message under way. */
  #opcode = 0;
  #fragments: Uint8Array[] = [];
  #text = new ReferenceUtf8();

  constructor(limits: ReferenceLimits) {
    this.#limits = limits;
  }

  read(frame: ReferenceFrame): ReferenceFault | undefined {
    return frame.opcode >= 0x8 ? this.#readControl(frame) : this.#readData(frame);
  }

  #readControl(frame: ReferenceFrame): ReferenceFault | undefined {
    const { opcode, payload, headerEnd, isWhole } = frame;
    if (opcode === 0x8) return this.#readClose(frame);
    const at = headerEnd + payload.length;
    if (isWhole) this.events.push({ event: `${opcode === 0x9 ? 'ping' : 'pong'} ${toLatin1(payload)}`, at });
    return undefined;
  }

  /** 5.5.1: no body, or a code of 2 bytes and a reason in UTF-8; each wrong byte counts when it is there. */
  #readClose({ announced, payload, headerEnd, isWhole }: ReferenceFrame): ReferenceFault | undefined {
    if (announced === 1) return fault('close-payload', 1002, headerEnd);
    const code = payload.length >= 2 ? (payload[0] as number) * 256 + (payload[1] as number) : 1005;
    if (payload.length >= 2 && !mayTravel(code)) return fault('close-code', 1002, headerEnd + 2);
    const reason = payload.subarray(2);
    const wrong = firstWrongByte(reason);
    if (wrong !== undefined && wrong < reason.length) return fault('utf8-invalid', 1007, headerEnd + 2 + wrong + 1);
    const at = headerEnd + payload.length;
    if (!isWhole) return undefined;
    if (wrong !== undefined) return fault('utf8-invalid', 1007, at);
    this.events.push({ event: `close ${code} ${Buffer.from(reason).toString('utf8')}`, at });
    this.isClosed = true;
    return undefined;
  }

  #readData({ fin, opcode, announced, payload, headerEnd, isWhole }: ReferenceFrame): ReferenceFault | undefined {
    const isFirst = this.#fragments.length === 0;
    // 5.4: fragments of one message MUST NOT be interleaved with those of another.
    if (opcode === 0x0 && isFirst) return fault('continuation-unexpected', 1002, headerEnd);
    if (opcode !== 0x0 && !isFirst) return fault('continuation-expected', 1002, headerEnd);
    const tooMuch = this.#checkLimits(announced, isFirst && fin);
    if (tooMuch) return fault(tooMuch, tooMuch === 'message-too-large' ? 1009 : 1008, headerEnd);
    if (isFirst) this.#opcode = opcode;

    // 8.1: text is UTF-8, and here the first wrong byte counts.
    const isText = this.#opcode === 0x1;
    const wrong = isText ? payload.findIndex((byte) => !this.#text.take(byte)) : -1;
    if (wrong >= 0) return fault('utf8-invalid', 1007, headerEnd + wrong + 1);
    if (!isWhole) return undefined;
    this.#fragments.push(payload);
    const end = headerEnd + payload.length;
    if (fin && isText && !this.#text.isWhole) return fault('utf8-invalid', 1007, end);
    if (fin) this.#end(isText, end);
    return undefined;
  }

  #checkLimits(announced: number, isAlone: boolean): HoldfastErrorCode | undefined {
    const { maxMessageBytes, maxFragments, maxFragmentOverheadBytes } = this.#limits;
    const lengths = [...this.#fragments.map(({ length }) => length), announced];
    if (sum(lengths) > maxMessageBytes) return 'message-too-large';
    if (isAlone) return undefined;
    if (lengths.length > maxFragments) return 'too-many-fragments';
    if (sum(lengths.map((length) => Math.max(0, 64 - length))) > maxFragmentOverheadBytes) return 'fragment-overhead';
    return undefined;
  }

  #end(isText: boolean, at: number): void {
    const whole = Buffer.concat(this.#fragments);
    this.events.push({ event: isText ? `text ${whole.toString('utf8')}` : `binary ${whole.toString('latin1')}`, at });
    this.#fragments = [];
  }
}

/** 7.4: 1000 to 1014 but the reserved ones, as the IANA registry has them, and 3000 to 4999. */
function mayTravel(code: number): boolean {
  const registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
  return registered.includes(code) || (code >= 3000 && code <= 4999);
}

function fault(code: HoldfastErrorCode, closeCode: number, at: number): ReferenceFault {
  return { codes: [code], closeCode, at };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
