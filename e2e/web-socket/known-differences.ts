/** Something that an implementation does otherwise than a row says. */
interface KnownDifference {
  /** `rule: name` of the row. */
  readonly row: string;
  /** What it does, as docs/guide/web-socket.md tells it. */
  readonly says: string;
}

const fractions: readonly KnownDifference[] = [
  { row: 'close(): takes 999.5, which is 1000', says: 'a code with a fraction is cut, not rounded' },
  { row: 'close(): takes 2999.5, which is 3000', says: 'a code with a fraction is cut, not rounded' },
];

/** The global of browsers. */
export const browserDifferences = {
  Chromium: [
    ...fractions,
    { row: 'close(): takes a reason alone, which has no place in the frame', says: 'a reason without a code throws' },
  ],
  Firefox: [
    {
      row: 'constructor: url: refuses "" where there is no base, as outside of a page: SyntaxError',
      says: 'an empty URL throws in a page, too',
    },
  ],
  WebKitGTK: [
    ...fractions,
    {
      row: 'bufferedAmount: only grows once CLOSING, and CLOSED',
      says: '`bufferedAmount` counts headers of frames for what is sent too late',
    },
  ],
} satisfies Readonly<Record<string, readonly KnownDifference[]>>;

const everyNode: readonly KnownDifference[] = [
  {
    row: 'constructor: protocols: takes names that differ in case',
    says: 'sub-protocols that differ in case count as the same',
  },
  {
    row: 'constructor: protocols: refuses an object that is no list: SyntaxError',
    says: 'the second argument may be options',
  },
  {
    row: 'event handlers: a handler is called in the place where it was first set',
    says: 'a handler that is set anew loses its place among the listeners',
  },
  {
    row: 'event handlers: an object keeps the place',
    says: 'a handler that is set anew loses its place among the listeners',
  },
  {
    row: 'events: open: who begins to listen after `open`, in a promise, misses nothing',
    says: 'messages that came together are told in one task: who listens after an `await` can miss some',
  },
  {
    row: 'events: message: each is a task: promises are followed before the next',
    says: 'messages that came together are told in one task: who listens after an `await` can miss some',
  },
  {
    row: 'events: failure: close() while CONNECTING: CLOSING, then error and close in a later task',
    says: '`close()` while CONNECTING calls the listeners before it returns',
  },
  { row: 'send(): sends a leading U+FEFF as text', says: 'a leading U+FEFF of a text is lost' },
  { row: 'send(): refuses a view of a resizable buffer: TypeError', says: 'a resizable buffer is sent' },
  { row: 'send(): sends a detached buffer as no bytes', says: 'a detached buffer throws' },
  {
    row: 'bufferedAmount: only grows once CLOSING, and CLOSED',
    says: '`bufferedAmount` does not count what is sent too late',
  },
  {
    row: 'binaryType: set to what is "arraybuffer" as text',
    says: 'a wrong `binaryType` makes it `blob`',
  },
  {
    row: 'binaryType: stays as it was for what is no value of it',
    says: 'a wrong `binaryType` makes it `blob`',
  },
];

const newerNode: readonly KnownDifference[] = [
  ...everyNode,
  {
    row: 'events: close: of a line that is cut: 1006, and no error (of the engines none has one)',
    says: 'a line that is cut has an `error` event',
  },
  {
    row: 'close(): takes a reason alone, which has no place in the frame',
    says: 'a reason without a code goes with 1000',
  },
];

/** The global of Node, by runtime; Node 20 has none. */
export const nodeDifferences: Readonly<Record<string, readonly KnownDifference[]>> = {
  'Node 22': [
    ...everyNode,
    {
      row: 'event handlers: an object is held and not called, not even its handleEvent',
      says: 'an object as a handler is dropped',
    },
    ...['/refuse', '/wrong-key', '/hang-up', '/echo?protocol=other'].map((path) => ({
      row: `events: failure: ${path}: error, then close with 1006, both CLOSED`,
      says: 'a connection that cannot be made has no `close` event',
    })),
    {
      row: 'events: failure: a frame with a fault',
      says: 'the `error` event of a broken frame comes while OPEN',
    },
  ],
  'Node 24': newerNode,
  'Node 26': newerNode,
};

/** Ours, by runtime, where the runtime's own parts show through. */
export const ownDifferences: Readonly<Record<string, readonly KnownDifference[]>> = {
  Deno: [
    {
      row: 'events: close: the event is a CloseEvent that does not bubble',
      says: 'the tag of its `CloseEvent` is `Event`',
    },
  ],
};

/** The rows of which nothing is known. */
export function unknownOf(found: Readonly<Record<string, string>>, known: readonly KnownDifference[]): object {
  return Object.fromEntries(
    Object.entries(found).filter(([row]) => known.every((difference) => difference.row !== row)),
  );
}
