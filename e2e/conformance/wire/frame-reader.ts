import type { Role } from '../row/row.ts';
import { maskInPlace } from './peer-bytes.ts';

/** A frame that our side sent, unmasked. */
export interface ReadFrame {
  readonly fin: boolean;
  readonly opcode: number;
  /** The message that it begins is compressed. */
  readonly rsv1: boolean;
  readonly payload: Buffer;
}

/** Our side wrote what no peer may be sent. */
export class WireViolation extends Error {}

/**
 * Reads what our side writes, as its strictest peer would: no reserved bit, but RSV1 where it was agreed on, no reserved opcode, the shortest length, a mask
 * from a client and none from a server, whole and short control frames, fragments in order, nothing but pongs behind a close frame.
 * It shares no code with holdfast, so that a bug there cannot hide itself.
 */
export class FrameReader {
  readonly #ourRole: Role;
  readonly #isCompressed: boolean;
  #chunks: Buffer[] = [];
  /** How many bytes have to be there before it is worth looking. */
  #neededBytes = 2;
  #arrivedBytes = 0;
  #isInMessage = false;
  #hasClosed = false;
  #lastKey = '';
  readonly #keys = new Set<string>();
  #maskedFrames = 0;

  /** `isCompressed`: permessage-deflate was agreed on. */
  constructor(ourRole: Role, isCompressed: boolean) {
    this.#ourRole = ourRole;
    this.#isCompressed = isCompressed;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#arrivedBytes += chunk.length;
  }

  /** The next whole frame. Throws a WireViolation. */
  next(): ReadFrame | undefined {
    if (this.#arrivedBytes === 0) return undefined;
    if (this.#arrivedBytes < this.#neededBytes) return undefined;
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];

    const lengthBits = bytes[1]! & 0x7f;
    const lengthEnd = lengthBits === 127 ? 10 : lengthBits === 126 ? 4 : 2;
    const isMasked = bytes[1]! >= 0x80;
    const payloadStart = lengthEnd + (isMasked ? 4 : 0);
    if (bytes.length < payloadStart) return this.#await(payloadStart);
    const payloadBytes = this.#readLength(bytes, lengthEnd);
    this.#check(bytes[0]!, isMasked, payloadBytes);
    const end = payloadStart + payloadBytes;
    if (bytes.length < end) return this.#await(end);

    const payload = bytes.subarray(payloadStart, end);
    if (isMasked) this.#unmask(payload, bytes.subarray(lengthEnd, payloadStart));
    this.#await(2);
    this.#arrivedBytes -= end;
    this.#chunks = [bytes.subarray(end)];
    const first = bytes[0]!;
    return this.#follow({ fin: first >= 0x80, opcode: first & 0x0f, rsv1: (first & 0x40) > 0, payload });
  }

  /** What stays unread. */
  get rest(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #await(bytes: number): undefined {
    this.#neededBytes = bytes;
  }

  #readLength(bytes: Buffer, lengthEnd: number): number {
    if (lengthEnd === 2) return bytes[1]! & 0x7f;
    const length = lengthEnd === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (length <= (lengthEnd === 4 ? 125 : 0xffff))
      throw new WireViolation(`length ${length} is not in its shortest form`);
    return length;
  }

  #check(first: number, isMasked: boolean, payloadBytes: number): void {
    const opcode = first & 0x0f;
    // RFC 7692 6.1: RSV1 only on the first frame of a message, and there only where the extension is in use.
    const allowed = this.#isCompressed && (opcode === 1 || opcode === 2) ? 0x40 : 0;
    if (first & 0x70 & ~allowed) throw new WireViolation(`reserved bits are set: ${first.toString(16)}`);
    if ((opcode & 7) > 2) throw new WireViolation(`reserved opcode ${opcode}`);
    if (isMasked !== (this.#ourRole === 'client'))
      throw new WireViolation(`a ${this.#ourRole} sent ${isMasked ? 'a' : 'no'} mask`);
    // RFC 6455 5.5.1 and 5.5.2: no data behind our close frame, but pongs until the peer's.
    if (this.#hasClosed && opcode !== 10) throw new WireViolation(`opcode ${opcode} behind a close frame`);
    if (opcode >= 8 && (first < 0x80 || payloadBytes > 125)) {
      throw new WireViolation(`control frame ${opcode} in fragments, or of ${payloadBytes} bytes`);
    }
  }

  /** RFC 6455 5.3: each frame has a key that nobody could foretell; at the least, none follows itself. */
  #unmask(payload: Buffer, key: Buffer): void {
    const shown = key.toString('hex');
    if (shown === this.#lastKey) throw new WireViolation(`masking key ${shown} twice in a row`);
    this.#lastKey = shown;
    this.#keys.add(shown);
    this.#maskedFrames += 1;
    // Of a million fair keys some 120 come twice.
    if (this.#keys.size < this.#maskedFrames * 0.999 - 1) throw new WireViolation('masking keys come again and again');
    maskInPlace(payload, key);
  }

  #follow(frame: ReadFrame): ReadFrame {
    if (frame.opcode === 8) this.#hasClosed = true;
    if (frame.opcode >= 8) return frame;
    if (this.#isInMessage !== (frame.opcode === 0))
      throw new WireViolation(`fragments out of order: opcode ${frame.opcode}`);
    this.#isInMessage = !frame.fin;
    return frame;
  }
}
