import {
  type Frame,
  FrameDecoder,
  type HoldfastErrorCode,
  type Message,
  type MessageCodec,
  Opcode,
  Protocol,
} from '@holdfast/core';
import { type RawFrame, rawFrames } from './raw-frame.ts';

/** The limits of a wire that a row sets. */
export interface WireLimits {
  readonly maxMessageBytes?: number;
  readonly maxFrameBytes?: number;
  readonly maxFragments?: number;
  readonly maxFragmentOverheadBytes?: number;
  readonly maxPendingPongs?: number;
}

/** What became of an attack. */
export interface Outcome {
  /** What was delivered to the app. */
  readonly messages: readonly Message[];
  /** The rule that was found broken. */
  readonly error: HoldfastErrorCode | undefined;
  /** The code of the victim's close frame. */
  readonly closeCode: number | undefined;
}

export const roles = ['client', 'server'] as const;
export type Role = (typeof roles)[number];

/** A protocol of this role; its frames have a mask that changes nothing. */
export function protocolOf(role: Role, limits: WireLimits = {}, codec?: MessageCodec): Protocol {
  const maskless = { createMaskingKey: () => new Uint8Array(4) };
  return new Protocol(role === 'client' ? { role, ...maskless, ...limits, codec } : { role, ...limits, codec });
}

/** Feeds frames to a protocol without I/O, all at once. */
export function feed(role: Role, limits: WireLimits, frames: readonly RawFrame[]): Outcome {
  const protocol = protocolOf(role, limits);
  const events = protocol.receive(rawFrames(frames, role === 'server'));
  const fault = events.find((event) => event.type === 'fault');
  return {
    messages: events.flatMap((event) => (event.type === 'message' ? [event.data] : [])),
    error: fault?.error.code,
    closeCode: closeCodeOf(framesOf(role, protocol.takeOutput())),
  };
}

/** The frames that a victim of this role wrote. */
function framesOf(role: Role, output: readonly Uint8Array[]): Frame[] {
  return new FrameDecoder({ role: role === 'client' ? 'server' : 'client' }).push(Buffer.concat(output));
}

/** The code of the close frame among these; 1005 for one without a code. */
export function closeCodeOf(frames: readonly Frame[]): number | undefined {
  const close = frames.find(({ opcode }) => opcode === Opcode.Close);
  if (!close) return undefined;
  return close.payload.length === 0 ? 1005 : Buffer.from(close.payload).readUInt16BE(0);
}
