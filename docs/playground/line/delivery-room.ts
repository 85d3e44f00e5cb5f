import { type Clock, HoldfastError, type Message } from '@holdfast/core';
import {
  DeliveryEnd,
  deliveryDefaults,
  deliveryProtocol,
  faultCloseCode,
  formatGreeting,
  type Greeting,
  parsePacket,
} from '@holdfast/core/delivery';
import { type Counts, NumberCount } from './number-count.ts';
import type { PageConnection } from './page-connection.ts';
import type { PageRoom } from './rooms.ts';

const beginning: Greeting = { received: 0, first: 1 };

/** What a server has of one session, as it tells a page. */
export interface SessionReport {
  readonly session: string;
  /** Of the numbered messages of the client. */
  readonly counts: Counts;
  /** Messages of the server that the client has not acknowledged. */
  readonly unacknowledged: number;
  /** Whether its client has a line now. */
  readonly isHere: boolean;
}

/** How long a session waits for its client to come back, in ms. */
const resumeWithinMs = 5 * 60_000;
/** So many sessions are kept at once; the longest away goes first. */
const maxSessions = 64;

/**
 * `/delivery`: echoes each message once, by the sub-protocol of docs/protocols/delivery.md, and counts what came. The
 * sessions outlive the server's restarts, as those in a store do.
 */
export class DeliveryRoom implements PageRoom {
  readonly protocols = [deliveryProtocol];
  readonly maxMessageBytes = 1024 * 1024;
  readonly #clock: Clock;
  readonly #sessions = new Map<string, DeliverySession>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The sessions, the oldest first. */
  get reports(): readonly SessionReport[] {
    return [...this.#sessions.values()].map((session) => session.report);
  }

  join(connection: PageConnection): void {
    if (connection.protocol !== deliveryProtocol) return connection.close(1002, `offer ${deliveryProtocol}`);
    let session: DeliverySession | undefined;
    connection.handle({
      onMessage: (data) =>
        keep(connection, () => {
          if (session) return session.receive(connection, data);
          const hello = parseHello(data);
          const known = this.#find(hello.session);
          session = known ?? this.#create();
          // Of a session that is not known here, nothing counts in the new one.
          session.open(connection, known ? hello : beginning);
        }),
      onEnd: () => session?.onLineEnded(connection),
    });
  }

  #find(name: string | undefined): DeliverySession | undefined {
    return name === undefined ? undefined : this.#sessions.get(name);
  }

  #create(): DeliverySession {
    const longestAway = [...this.#sessions.values()].find(({ report }) => !report.isHere);
    if (this.#sessions.size >= maxSessions && longestAway) this.#sessions.delete(longestAway.name);
    const name = Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(36)).join('');
    const session = new DeliverySession(name, this.#clock, () => this.#sessions.delete(name));
    this.#sessions.set(name, session);
    return session;
  }
}

/** The server's end of one session, across the lines of its client. */
class DeliverySession {
  readonly name: string;
  readonly #end: DeliveryEnd<undefined>;
  readonly #clock: Clock;
  readonly #onOver: () => void;
  readonly #count = new NumberCount();
  #line: PageConnection | undefined;
  #hasLeft = false;
  #cancelTimer: (() => void) | undefined;

  constructor(name: string, clock: Clock, onOver: () => void) {
    this.name = name;
    this.#clock = clock;
    this.#onOver = onOver;
    this.#end = new DeliveryEnd<undefined>(
      { ...deliveryDefaults.window, clock, ackDelayMs: deliveryDefaults.ackDelayMs },
      {
        onMessage: (data) => {
          this.#count.note(data);
          this.#end.send(data, undefined);
        },
        onAcknowledged() {},
        onPong() {},
        onBye: () => {
          this.#hasLeft = true;
        },
      },
    );
  }

  get report(): SessionReport {
    const { counts } = this.#count;
    const isHere = this.#line !== undefined;
    return { session: this.name, counts, unacknowledged: this.#end.unacknowledged, isHere };
  }

  /** Goes on over this line; one that it had before is closed. */
  open(line: PageConnection, peer: Greeting): void {
    this.#end.check(peer);
    this.#cancelTimer?.();
    const before = this.#line;
    this.#line = line;
    this.#end.detach();
    before?.close(1008, 'the session goes on over another connection');
    this.#end.learn(peer);
    line.send(formatGreeting('welcome', { session: this.name, ...this.#end.position }));
    this.#end.attach({ send: (packet) => line.send(packet) }, peer);
  }

  /** Takes what arrived on a line; on one that it has no more, it counts no more. */
  receive(line: PageConnection, data: Message): void {
    if (line === this.#line && !this.#hasLeft) this.#end.receive(data);
  }

  onLineEnded(line: PageConnection): void {
    if (line !== this.#line) return;
    this.#line = undefined;
    this.#end.detach();
    if (this.#hasLeft) this.#onOver();
    else this.#cancelTimer = this.#clock.after(resumeWithinMs, this.#onOver);
  }
}

function parseHello(data: Message): Greeting {
  const packet = parsePacket(data);
  if (packet.type !== 'hello') throw new HoldfastError('packet-unexpected', `${packet.type} before the hello`);
  return packet;
}

/** A client that breaks a rule of the sub-protocol loses its line. */
function keep(line: PageConnection, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    line.close(faultCloseCode, error.code);
  }
}
