/** An input that broke an invariant once, and keeps it from then on. */
export interface FoundRow {
  /** What was wrong. */
  readonly name: string;
  readonly target: string;
  /** Where the fuzz met it: with this seed, as this input. */
  readonly seed: string;
  readonly input: number;
  /** The smallest input that showed it. */
  readonly hex: string;
}

/** All that was found and mended. */
export const foundRows: readonly FoundRow[] = [
  {
    name: 'what a dropped dial still told, that it heard, that it was answered, or that it drained, reached the client',
    target: 'session',
    seed: 'regressions',
    input: 9891,
    hex: '1d7a0000000000000000007b00360000cc00078100a0',
  },
  {
    name: 'who listened with a signal behind closed left a listener at the signal',
    target: 'session',
    seed: 'regressions',
    input: 18,
    hex: '000000000000000000000000c3ac0000006b0000d9',
  },
  {
    name: 'who closed the client while it told that it had disconnected was told once more what is uncertain',
    target: 'session',
    seed: 's',
    input: 28704,
    hex: '00000000000000000000000000000000b9005b5641002600e4',
  },
  {
    name: 'who closed the client then, with messages that waited, was told of a dial without an attempt',
    target: 'session',
    seed: 's',
    input: 35595,
    hex: '4d0000b9000000000000002bc45500000000c6000000cc00660044',
  },
  {
    name: 'who closed the client then, with a mark of 0, left a timer behind closed',
    target: 'session',
    seed: 's',
    input: 5324,
    hex: '0000002b000000fd000000000b2e7d0068000000a4',
  },
  {
    name: 'who let the client rest while it told that it was open, with a mark of 0, left a timer behind closed',
    target: 'session',
    seed: 's',
    input: 37672,
    hex: 'db00004b0000000b000500000068000000f4870000002b08dd00b1006e',
  },
  {
    name: 'who sent while it was told that a message gave way got more into the outbox than it may hold',
    target: 'session',
    seed: 'regressions',
    input: 13759,
    hex: '0000b0f6000000000000000000274bf5930000fe000000b000000000d000aa0000ca00f50000',
  },
  {
    name: 'the delay before dial 1025 was no number, where there is no shortest one',
    target: 'session',
    seed: '1795290669126',
    input: 37_025,
    hex: '3e000000ce000000001f0000002d8689c5a15645e7b1bca020c5c526d81f42710d01748de16270950f6614f4d5a2562d7e6b1b68d0a9be2ec79865f8e43e38a63863fedb5b6805bab8f05a',
  },
  {
    name: 'the body of a refusal went past its Content-Length, and depended on how it was cut',
    target: 'refused-response',
    seed: 'regressions',
    input: 3,
    hex: '00485454502f312e31203430310d0a436f6e74656e742d4c656e6774683a300d0a0d0a0000',
  },
  {
    name: 'the error of an invalid URL showed a user and a password that stand behind no two slashes',
    target: 'endpoint',
    seed: 'regressions',
    input: 81,
    hex: '00000000005300330043005200450054004000',
  },
  {
    name: 'a request that began with an empty chunk was refused as malformed',
    target: 'request-head',
    seed: 'regressions',
    input: 23,
    hex: '00000054206320485454502f312e310d0a0d0a',
  },
  {
    name: 'a request that began with an empty chunk was malformed where it was too large',
    target: 'request-head',
    seed: 'regressions',
    input: 155,
    hex: '9a00007878787878787878780000000000000000000000000000000000000000000000000000000000000000000000000000',
  },
  {
    name: 'a response of status 001 was taken for an interim one',
    target: 'response-head',
    seed: 'regressions',
    input: 84_661,
    hex: '000000485454502f312e31203030310d0a0d0a',
  },
  {
    name: 'a compressed message that was cut within the codes of a block was taken for an empty one',
    target: 'compressed-messages',
    seed: 'a',
    input: 151,
    hex: '0000000000023d00',
  },
];
