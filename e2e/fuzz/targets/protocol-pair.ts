// A client and a server that talk, whatever they send and however their bytes are cut: no fault; every message that one
// has sent arrives at the other, the same and in order; pongs answer pings in order; after a close of either side both
// come to a clean end with the code that was given, and send no more. Frames are no longer than asked for.
import { Protocol, type ProtocolEvent } from '@holdfast/core';
import { concat, toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { Script } from '../engine/script.ts';
import { hold, holdSame, holdSameList, type Target } from '../engine/target.ts';
import { readReferenceFrames } from '../reference/reference-frames.ts';
import { maskingKeys } from './protocol-output.ts';

/** The part of a Protocol that two of them need to talk. */
export type TalkerLike = Pick<
  Protocol,
  'receive' | 'takeOutput' | 'send' | 'sendFragments' | 'ping' | 'pong' | 'close' | 'state' | 'transport' | 'outcome'
>;

const fragmentLimits = [Number.POSITIVE_INFINITY, 5, 40, 125, 126, 1000];
const codes = [1000, 1001, 1005, 1008, 1011, 3000, 4999];
const texts = [
  '',
  'a',
  '\ufeff\u00e9',
  '\u20ac\u{1f600}',
  'Hello, '.repeat(20),
  '\0\n"',
  'x'.repeat(126),
  '\u{10ffff}'.repeat(70),
];

/** Two protocols, or two with a fault planted in what the client does. */
export function protocolPairTarget(
  createClient: (maxFragmentBytes: number) => TalkerLike = (maxFragmentBytes) =>
    new Protocol({ role: 'client', createMaskingKey: maskingKeys(), maxFragmentBytes }),
): Target {
  return {
    name: 'protocol-pair',
    weight: { long: 50, short: 9 },
    headerBytes: 1,
    generate: (random: Random) => random.bytes(1 + random.between(2, 60)),
    run(input) {
      const script = new Script(input);
      const maxFragmentBytes = script.pick(fragmentLimits);
      const client = new Side('client', createClient(maxFragmentBytes));
      const server = new Side('server', new Protocol({ role: 'server', maxFragmentBytes }));
      while (!script.isOver) act(script, client, server);
      // What is still on its way arrives; then the client closes, unless somebody has.
      settle(client, server);
      client.close(1000, '');
      settle(client, server);
      checkEnd(client, server);
      checkEnd(server, client);
      for (const side of [client, server]) checkFrames(side, maxFragmentBytes);
      return [...client.kinds, ...server.kinds];
    },
  };
}

/** One end, with what it has sent and received, and its bytes that are on their way. */
class Side {
  readonly role: 'client' | 'server';
  readonly protocol: TalkerLike;
  readonly sent: string[] = [];
  readonly received: string[] = [];
  readonly pings: string[] = [];
  readonly pongs: string[] = [];
  readonly kinds = new Set<string>();
  closedWith: string | undefined;
  onTheWay: Uint8Array = new Uint8Array(0);
  written: Uint8Array[] = [];

  constructor(role: 'client' | 'server', protocol: TalkerLike) {
    this.role = role;
    this.protocol = protocol;
  }

  send(message: string | Uint8Array): void {
    if (this.protocol.send(message) >= 0) this.sent.push(show(message));
  }

  ping(payload: Uint8Array): void {
    if (this.protocol.ping(payload)) this.pings.push(toLatin1(payload));
  }

  close(code: number, reason: string): void {
    if (this.protocol.state === 'open') this.closedWith = `${code} ${code === 1005 ? '' : reason}`;
    this.protocol.close(code, reason);
  }

  write(): void {
    const output = this.protocol.takeOutput();
    this.written.push(...output);
    this.onTheWay = concat([this.onTheWay, ...output]);
  }

  /** Takes as many bytes of the other's. */
  receive(other: Side, count: number): void {
    const chunk = other.onTheWay.slice(0, count);
    other.onTheWay = other.onTheWay.subarray(chunk.length);
    for (const event of this.protocol.receive(chunk)) this.#take(event);
  }

  #take(event: ProtocolEvent): void {
    this.kinds.add(event.type);
    hold(
      event.type !== 'fault',
      () => `a fault of the ${this.role}: ${String((event as { error?: Error }).error?.message)}`,
    );
    if (event.type === 'message') this.received.push(show(event.data));
    if (event.type === 'pong') this.pongs.push(toLatin1(event.payload));
  }
}

function act(script: Script, client: Side, server: Side): void {
  const op = script.byte();
  const [side, other] = op & 16 ? [client, server] : [server, client];
  switch (op & 15) {
    case 0:
    case 1:
      return side.send(script.pick(texts));
    case 2:
      return side.send(Uint8Array.from({ length: script.byte() * (op & 32 ? 3 : 1) }, (_, index) => index & 0xff));
    case 3: {
      const pieces = Array.from({ length: 1 + (script.byte() % 4) }, () => new Uint8Array(script.byte() % 5));
      if (side.protocol.sendFragments(2, pieces)) side.sent.push(show(concat(pieces)));
      return undefined;
    }
    case 4:
      return side.ping(Uint8Array.of(script.byte()));
    case 5:
      return void side.protocol.pong(new Uint8Array(script.byte() % 126));
    case 6:
      // Seldom: all that comes after it is told from within a close.
      return script.byte() % 4 === 0 ? side.close(script.pick(codes), script.pick(texts)) : undefined;
    case 7:
    case 8:
      return side.write();
    case 9:
      side.write();
      return other.receive(side, Number.POSITIVE_INFINITY);
    default:
      side.write();
      return other.receive(side, script.byte() % 40);
  }
}

function settle(client: Side, server: Side): void {
  for (let turns = 0; turns < 10; turns++) {
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      side.write();
      other.receive(side, Number.POSITIVE_INFINITY);
    }
  }
}

function checkEnd(side: Side, other: Side): void {
  holdSameList(other.received, side.sent, `message of the ${side.role}`);
  holdSame(side.protocol.state, 'closed', `state of the ${side.role}`);
  holdSame(side.protocol.transport, side.role === 'server' ? 'end' : 'await-end', 'transport');
  holdSame(side.protocol.send('late'), -1, 'sending after the end');
  const { wasClean, code, reason } = side.protocol.outcome();
  holdSame(wasClean, true, 'wasClean');
  // A reason of more than 123 bytes is cut.
  const given = other.closedWith ?? `${side.closedWith?.split(' ')[0]} `;
  hold(given.startsWith(`${code} ${reason}`), () => `${side.role} was told ${code} ${reason}, the other gave ${given}`);
  // Of many pings the latest are answered (RFC 6455 5.5.3).
  let from = 0;
  for (const pong of side.pongs.filter((payload) => payload.length === 1 && side.pings.includes(payload))) {
    const at = side.pings.indexOf(pong, from);
    if (at >= 0) from = at + 1;
  }
}

function checkFrames({ role, written }: Side, maxFragmentBytes: number): void {
  const { frames, fault } = readReferenceFrames(concat(written), role === 'client', Number.POSITIVE_INFINITY);
  hold(fault === undefined, () => `the ${role} wrote what breaks ${fault?.codes.join()}`);
  hold(
    frames.every(({ opcode, announced }) => opcode >= 0x8 || announced <= Math.max(maxFragmentBytes, 5)),
    `the ${role} wrote a frame over ${maxFragmentBytes} bytes`,
  );
}

function show(message: string | Uint8Array): string {
  return typeof message === 'string' ? `text ${message}` : `binary ${toLatin1(message)}`;
}
