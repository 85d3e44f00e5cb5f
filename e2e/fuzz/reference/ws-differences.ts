import type { HoldfastErrorCode } from '@holdfast/core';
import type { WireInput } from '../targets/wire-input.ts';
import type { Judgement } from './reference-protocol.ts';
import type { WsVerdict } from './ws-receiver.ts';

interface Difference {
  readonly what: string;
  readonly covers: (wire: WireInput, judgement: Judgement, verdict: WsVerdict) => boolean;
}

/** Where ws 8.23 comes to something else than holdfast does, and both are meant so. */
const differences: readonly Difference[] = [
  {
    what: 'ws takes a length in more bytes than it needs (RFC 6455 5.2 forbids it)',
    covers: hasFault('length-not-minimal'),
  },
  {
    what: 'ws answers a length with the top bit by 1009, not by 1002, and only when all 8 bytes of it are there',
    covers: hasFault('length-top-bit'),
  },
  {
    what: 'ws has no limit for one frame',
    covers: hasFault('frame-too-large'),
  },
  {
    what: 'ws has no limit for what tiny fragments cost',
    covers: hasFault('fragment-overhead'),
  },
  {
    what: 'ws looks at text when the message ends, and may read another fault before',
    covers: hasFault('utf8-invalid'),
  },
  {
    what: 'ws looks at a close code when the whole frame is there',
    covers: hasFault('close-code'),
  },
  {
    what: 'ws counts fragments when they are whole, and may read another fault before',
    covers: hasFault('too-many-fragments'),
  },
  {
    what: 'ws takes a limit of 0 as none',
    covers: ({ limits }) => limits.maxMessageBytes === 0,
  },
  {
    what: 'ws waits for the second byte of a frame before it looks at the first',
    covers: ({ stream }, { fault }, { closeCode }) => fault?.at === stream.length && closeCode === undefined,
  },
  {
    what: 'ws looks at the order of fragments, and at the length of a message, before the header is whole',
    covers: (_, { fault, isCutInHeader }, { closeCode }) =>
      isCutInHeader && fault === undefined && closeCode !== undefined,
  },
];

/** Whether ws may differ here: then what it told is still the same up to the fault. */
export function isKnownDifference(wire: WireInput, judgement: Judgement, verdict: WsVerdict): boolean {
  const isCovered = differences.some(({ covers }) => covers(wire, judgement, verdict));
  return isCovered && judgement.events.every(({ event }, index) => event === verdict.events[index]);
}

function hasFault(code: HoldfastErrorCode): Difference['covers'] {
  return (_, { fault }) => fault?.codes.includes(code) === true;
}
