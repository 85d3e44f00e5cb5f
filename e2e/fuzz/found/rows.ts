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
    input: 519,
    hex: '00000000000000e600009600330072000000438100bb',
  },
  {
    name: 'a dropped dial that told of life set a timer behind closed',
    target: 'session',
    seed: 'regressions',
    input: 322,
    hex: '000000cb000007000000d0b400000000000000cf000008000000001a',
  },
  {
    name: 'who listened with a signal behind closed left a listener at the signal',
    target: 'session',
    seed: 'regressions',
    input: 17,
    hex: '000000000000000000000e00000000004700008f',
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
];
