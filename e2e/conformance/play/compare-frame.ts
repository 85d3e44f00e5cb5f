import type { ExpectedFrame } from '../row/row.ts';
import type { ReadFrame } from '../wire/frame-reader.ts';
import { showBytes, toBytes } from '../wire/payload.ts';
import type { Nothing } from './bench.ts';
import { Mismatch } from './mismatch.ts';

/** A frame that can be compared by itself: what is compressed belongs to what went before. */
export type PlainFrame = Exclude<ExpectedFrame, { readonly kind: 'compressed' }>;

/** Makes the comparison of what our side sends with this frame. Throws a Mismatch. */
export function frameCheck(expected: PlainFrame): (frame: ReadFrame | Nothing) => void {
  const payload = expected.kind === 'frame' ? toBytes(expected.payload) : Buffer.alloc(0);
  return (frame) => {
    if ('nothing' in frame) throw new Mismatch(showExpected(expected, payload), frame.nothing);
    if (!isSame(frame, expected, payload)) throw new Mismatch(showExpected(expected, payload), showFrame(frame));
  };
}

function isSame(frame: ReadFrame, expected: PlainFrame, payload: Buffer): boolean {
  switch (expected.kind) {
    case 'frame':
      return isPlain(frame, expected) && frame.payload.equals(payload);
    case 'any-ping':
      return frame.opcode === 9;
    case 'fault-close':
      return frame.opcode === 8 && frame.payload.length > 2 && isFault(frame.payload, expected.code);
  }
}

function isPlain({ opcode, fin, rsv1 }: ReadFrame, expected: { opcode: number; fin: boolean }): boolean {
  return opcode === expected.opcode && fin === expected.fin && !rsv1;
}

/** A code, and a reason in UTF-8 (RFC 6455 5.5.1). */
function isFault(payload: Buffer, code: number): boolean {
  const reason = payload.subarray(2);
  return payload.readUInt16BE() === code && Buffer.from(reason.toString()).equals(reason);
}

const names = new Map([
  [0, 'continuation'],
  [1, 'text'],
  [2, 'binary'],
  [8, 'close'],
  [9, 'ping'],
  [10, 'pong'],
]);

/** A frame in one line. */
export function showFrame({ opcode, fin, rsv1, payload }: ReadFrame): string {
  return `a ${names.get(opcode)} frame${fin ? '' : ' without FIN'}${rsv1 ? ' with RSV1' : ''}, ${showBytes(payload)}`;
}

function showExpected(expected: PlainFrame, payload: Buffer): string {
  switch (expected.kind) {
    case 'frame':
      return showFrame({ ...expected, rsv1: false, payload });
    case 'any-ping':
      return 'a ping frame';
    case 'fault-close':
      return `a close frame with ${expected.code} and a reason`;
  }
}
