import { hold, holdSame, holdSameList } from '../engine/target.ts';
import { toLatin1 } from '../engine/hex.ts';
import { readReferenceFrames } from '../reference/reference-frames.ts';
import { type Judgement, judge } from '../reference/reference-protocol.ts';
import type { WireInput } from './wire-input.ts';

const infinity = Number.POSITIVE_INFINITY;
const unlimited = {
  maxFrameBytes: infinity,
  maxMessageBytes: infinity,
  maxFragments: infinity,
  maxFragmentOverheadBytes: infinity,
};

/** Masking keys that are all different, in an order that is known: a key that is used twice shows. */
export function maskingKeys(): () => Uint8Array {
  let count = 0;
  return () => maskingKey(count++);
}

/** What a peer reads in the output of this role, as events in the form of `judge`. A Breach where it is not valid. */
export function readOutput(output: Uint8Array, role: 'client' | 'server'): string[] {
  const { events, fault } = judge(output, role === 'client', unlimited);
  hold(fault === undefined, () => `our own output breaks ${fault?.codes.join()} at byte ${fault?.at}`);
  const { frames } = readReferenceFrames(output, role === 'client', infinity);
  hold(
    frames.every(({ isWhole }) => isWhole),
    'our own output ends within a frame',
  );
  const keys = frames.map(({ key }) => (key ? toLatin1(key) : 'unmasked'));
  // RFC 6455 5.1, 5.3: every frame of a client has a fresh mask, none of a server has one.
  holdSameList(
    keys,
    keys.map((_, index) => (role === 'client' ? toLatin1(maskingKey(index)) : 'unmasked')),
    'mask of our output',
  );
  return events.map(({ event }) => event);
}

/** Holds an output that was taken at the end against what the input asked for. */
export function checkOutput(output: Uint8Array, { role, maxPendingPongs }: WireInput, judgement: Judgement): void {
  const events = readOutput(output, role);
  const pings = judgement.events.filter(({ event }) => event.startsWith('ping ')).slice(-maxPendingPongs);
  const pongs = pings.map(({ event }) => event.replace('ping', 'pong'));
  holdSameList(events.slice(0, pongs.length), pongs, 'pong');
  checkClose(events.slice(pongs.length), judgement);
}

function checkClose(rest: readonly string[], { events, fault }: Judgement): void {
  const [close = '', ...more] = rest;
  holdSame(more.length, 0, 'frames after the close frame');
  const [, code] = /^close (\d+) /.exec(events.at(-1)?.event ?? '') ?? [];
  if (fault)
    hold(close.startsWith(`close ${fault.closeCode} ${fault.codes[0]?.[0]}`), () => `answer to a fault: ${close}`);
  // RFC 6455 5.5.1: a close frame is answered by one with the same code.
  else holdSame(close, code === undefined ? '' : `close ${code} `, 'answer to a close frame');
}

function maskingKey(index: number): Uint8Array {
  return Uint8Array.of(0x5a, index >> 8, index & 0xff, 0xa5);
}
