import type { CloseOutcome } from '../close-code.ts';
import type { Message, Outgoing } from '../message.ts';
import type { Link, LinkHandler } from '../session/link.ts';

/** The far end of a link under test. */
export interface ContractPeer {
  readonly received: Message[];
  /** How the peer saw the end: the close frame's code, or 1006. */
  readonly closedWith: { readonly code: number; readonly reason: string } | undefined;
  send(message: Outgoing): void;
  /** Begins the closing handshake. */
  close(code: number, reason: string): void;
  /** Breaks the line without a word. */
  cut(): void;
}

/** What an adapter brings to be held against the contract. */
export interface LinkHarness {
  /** Dials a peer that accepts; `drop` is what the adapter's Connector answered. */
  dial(handler: LinkHandler): { readonly drop: () => void; readonly peer: () => ContractPeer };
  /** Dials where nobody answers. */
  dialNobody(handler: LinkHandler): void;
  /** Lets the platform do what is due: the contract calls it until what it waits for has come. */
  turn(): Promise<void>;
}

/** One promise of the Link port. Throws where it is broken. */
export interface LinkRule {
  readonly name: string;
  run(harness: LinkHarness): Promise<void>;
}

/** How many turns a rule waits for what must come. */
const maxTurns = 20_000;

/** All that the session relies on: every adapter runs these. */
export const linkContract: readonly LinkRule[] = [
  rule('opens once, in a later turn, before anything else', async ({ recorder, opened }) => {
    equal(recorder.calls, [], 'calls in the same turn');
    const link = await opened();
    equal(recorder.calls[0], 'open', 'the first call');
    equal(link.readyState, 1, 'readyState');
    equal(link.bufferedAmount, 0, 'bufferedAmount');
  }),
  rule(
    'carries text and binary in order, both ways, as string and Uint8Array',
    async ({ recorder, opened, peer, until }) => {
      const link = await opened();
      const messages = [
        '',
        'text',
        '\uFEFFü😀',
        Uint8Array.of(),
        Uint8Array.of(0, 255),
        new Uint8Array(70_000).fill(7),
      ];
      for (const message of messages) link.send(message);
      await until('the peer has all', () => peer().received.length === messages.length);
      equalMessages(peer().received, messages);
      for (const message of messages) peer().send(message);
      await until('we have all', () => recorder.messages.length === messages.length);
      equalMessages(recorder.messages, messages);
    },
  ),
  rule('takes an ArrayBuffer and a view of a part of one', async ({ opened, peer, until }) => {
    const link = await opened();
    const { buffer } = Uint8Array.of(1, 2, 3, 4);
    for (const message of [buffer, new DataView(buffer, 1, 2), new Uint16Array(buffer, 2, 1)]) link.send(message);
    await until('the peer has all', () => peer().received.length === 3);
    equalMessages(peer().received, [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(2, 3), Uint8Array.of(3, 4)]);
  }),
  rule(
    'counts the payload in bufferedAmount at once, and no more when the platform took it',
    async ({ opened, until }) => {
      const link = await opened();
      link.send('é');
      link.send(new Uint8Array(100));
      equal(link.bufferedAmount, 102, 'bufferedAmount');
      await until('it is taken', () => link.bufferedAmount === 0);
    },
  ),
  rule('closes with code and reason, and ends cleanly once', async ({ recorder, opened, peer, until }) => {
    const link = await opened();
    link.close(4000, 'bye ü');
    equal(link.readyState === 1, false, 'open while closing');
    await until('it ends', () => recorder.ends.length > 0);
    // A peer repeats the code, and need not repeat the reason (RFC 6455 5.5.1).
    equal(
      recorder.ends.map(({ code, wasClean }) => [code, wasClean]),
      [[4000, true]],
      'the end',
    );
    equal(peer().closedWith, { code: 4000, reason: 'bye ü' }, 'what the peer saw');
  }),
  rule('delivers what the peer sent before it answered our close', async ({ recorder, opened, peer, until }) => {
    const link = await opened();
    peer().send('on its way');
    link.close(1000, '');
    await until('it ends', () => recorder.ends.length > 0);
    equalMessages(recorder.messages, ['on its way']);
    equal(recorder.calls.at(-1), 'end', 'the last call');
  }),
  rule('ends with the code and the reason of the peer', async ({ recorder, opened, peer, until }) => {
    await opened();
    peer().close(1001, 'restart');
    await until('it ends', () => recorder.ends.length > 0);
    equal(recorder.ends, [{ code: 1001, reason: 'restart', wasClean: true }], 'the end');
  }),
  rule('ends with 1006 and a typed error when the line is cut', async ({ recorder, opened, peer, until }) => {
    await opened();
    peer().cut();
    await until('it ends', () => recorder.ends.length > 0);
    equal(recorder.ends, [{ code: 1006, reason: '', wasClean: false }], 'the end');
    equal(recorder.errors, ['connection-lost'], 'the error');
  }),
  rule('a dial that is refused ends once, with a typed error, and never opens', async ({ refused, until }) => {
    const recorder = refused();
    await until('it ends', () => recorder.ends.length > 0);
    equal(recorder.calls, ['end'], 'calls');
    equal(recorder.ends, [{ code: 1006, reason: '', wasClean: false }], 'the end');
    equal(recorder.errors.length, 1, 'errors');
  }),
  rule('lets go at once: the peer sees the end', async ({ opened, drop, peer, until }) => {
    await opened();
    drop();
    drop();
    await until('the peer sees it', () => peer().closedWith !== undefined);
  }),
  rule('answers a ping with onPong, where there is one', async ({ recorder, opened, until }) => {
    const link = await opened();
    if (!link.ping) return;
    link.ping();
    await until('it is answered', () => recorder.calls.includes('pong'));
  }),
];

/** What a rule works with: a dial that was begun, and what came of it. */
interface RuleBench {
  readonly recorder: Recorder;
  readonly drop: () => void;
  readonly peer: () => ContractPeer;
  opened(): Promise<Link>;
  refused(): Recorder;
  until(what: string, isSo: () => boolean): Promise<void>;
}

function rule(name: string, run: (bench: RuleBench) => Promise<void>): LinkRule {
  return {
    name,
    async run(harness) {
      const recorder = new Recorder();
      const { drop, peer } = harness.dial(recorder);
      const until = async (what: string, isSo: () => boolean) => {
        for (let turn = 0; !isSo(); turn++) {
          if (turn === maxTurns)
            throw new Error(`${name}: waited in vain until ${what}; calls: ${recorder.calls.join()}`);
          await harness.turn();
        }
      };
      const opened = async () => {
        await until('it opens', () => recorder.link !== undefined);
        return recorder.link as Link;
      };
      const refused = () => {
        const other = new Recorder();
        harness.dialNobody(other);
        return other;
      };
      try {
        await run({ recorder, drop, peer, opened, refused, until });
        // What comes too often comes late: a few turns more.
        for (let turn = 0; turn < 20; turn++) await harness.turn();
        equal(recorder.ends.length <= 1, true, 'at most one end');
        equal(recorder.calls.filter((call) => call === 'open').length <= 1, true, 'at most one open');
      } finally {
        drop();
      }
    },
  };
}

/** A handler that keeps what it is told. */
class Recorder implements LinkHandler {
  readonly calls: string[] = [];
  readonly messages: Message[] = [];
  readonly ends: Omit<CloseOutcome, 'error'>[] = [];
  readonly errors: string[] = [];
  link: Link | undefined;

  onOpen(link: Link): void {
    this.calls.push('open');
    this.link = link;
  }

  onMessage(data: Message): void {
    this.calls.push('message');
    this.messages.push(data);
  }

  onHeard(): void {}

  onPong(): void {
    this.calls.push('pong');
  }

  onDrain(): void {}

  onEnd({ code, reason, wasClean, error }: CloseOutcome): void {
    this.calls.push('end');
    this.ends.push({ code, reason, wasClean });
    if (error) this.errors.push(error.code);
  }
}

function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: got ${got}, expected ${wanted}`);
}

function equalMessages(actual: readonly Message[], expected: readonly Message[]): void {
  equal(actual.map(describe), expected.map(describe), 'messages');
}

/** The content and the kind: a subclass of Uint8Array, such as Buffer, is another kind. */
function describe(message: Message): string {
  return typeof message === 'string' ? `text ${message}` : `${message.constructor.name} ${message.join()}`;
}
