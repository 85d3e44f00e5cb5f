import { encodeFrame, type FrameInit, Opcode } from '@holdfast/core';

/** What a person chose. */
export interface FragmentChoice {
  readonly text: string;
  /** In how many frames the message goes; no more than it has bytes. */
  readonly count: number;
  /** Whether a ping goes behind the first of them (RFC 6455 5.4). */
  readonly hasPing: boolean;
}

/** One frame that will travel. */
export interface PlannedFrame {
  /** `fragment 1 of 3`, for people. */
  readonly title: string;
  readonly frame: FrameInit;
  readonly bytes: Uint8Array;
}

/** The payload of the ping between. */
const pingText = 'still there?';

/** The frames of a message as a client sends them, each under a fresh masking key (RFC 6455 5.3). */
export function planFragments({ text, count, hasPing }: FragmentChoice): PlannedFrame[] {
  const pieces = splitEvenly(new TextEncoder().encode(text), count);
  const fragments = pieces.map((payload, index) => {
    const opcode = index === 0 ? Opcode.Text : Opcode.Continuation;
    const title = pieces.length === 1 ? 'the whole message' : `fragment ${index + 1} of ${pieces.length}`;
    return plan(title, { opcode, fin: index === pieces.length - 1, payload });
  });
  if (hasPing) {
    const ping = plan('ping', { opcode: Opcode.Ping, payload: new TextEncoder().encode(pingText) });
    fragments.splice(1, 0, ping);
  }
  return fragments;
}

/** The most fragments of a text that are not empty; one for an empty text. */
export function mostFragments(text: string): number {
  return Math.max(1, new TextEncoder().encode(text).length);
}

/** Where a text is cut, characters of several bytes may be too: RFC 6455 5.6 asks for UTF-8 of the whole message alone. */
function splitEvenly(bytes: Uint8Array, count: number): Uint8Array[] {
  const pieces = Math.max(1, Math.min(count, bytes.length));
  return Array.from({ length: pieces }, (_, index) =>
    bytes.slice(Math.floor((index * bytes.length) / pieces), Math.floor(((index + 1) * bytes.length) / pieces)),
  );
}

function plan(title: string, init: FrameInit): PlannedFrame {
  const frame = { ...init, maskingKey: crypto.getRandomValues(new Uint8Array(4)) };
  return { title, frame, bytes: encodeFrame(frame) };
}
