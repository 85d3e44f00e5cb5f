import type { Message } from '../message.ts';
import type { MemoryConnection } from '../testing/memory-connection.ts';
import type { MemoryServer } from '../testing/memory-server.ts';
import type { FakeClock } from '../testing/fake-clock.ts';
import { DeliveryEnd } from './delivery-end.ts';
import { formatGreeting, parsePacket } from './packet.ts';

/** A session as the server knows it. */
export interface MemorySession {
  readonly name: string;
  readonly received: Message[];
  readonly end: DeliveryEnd<undefined>;
  hasEnded: boolean;
  connection: MemoryConnection | undefined;
}

/** The sessions of a server in memory: it greets back on each connection, and may forget. */
export class MemorySessions {
  readonly all: Map<string, MemorySession> = new Map();
  readonly faults: unknown[] = [];
  /** What each connection said, in order. */
  readonly packets: string[] = [];
  readonly #clock: FakeClock;
  #count = 0;

  constructor(server: MemoryServer, clock: FakeClock) {
    this.#clock = clock;
    server.onConnection = (connection) => void this.#serve(connection);
  }

  get last(): MemorySession {
    return [...this.all.values()].at(-1) as MemorySession;
  }

  async #serve(connection: MemoryConnection): Promise<void> {
    let session: MemorySession | undefined;
    for (;;) {
      const data = await connection.message().catch(() => undefined);
      if (data === undefined) return session?.connection === connection ? session.end.detach() : undefined;
      this.packets.push(typeof data === 'string' ? data : `bytes ${data.length}`);
      try {
        if (session) session.end.receive(data);
        else session = this.#greet(data, connection);
      } catch (fault) {
        this.faults.push(fault);
        connection.close(4002);
      }
    }
  }

  #greet(data: Message, connection: MemoryConnection): MemorySession {
    const hello = parsePacket(data);
    if (hello.type !== 'hello') throw new Error(`${hello.type} before hello`);
    const session = this.all.get(hello.session ?? '') ?? this.#create();
    connection.send(formatGreeting('welcome', { session: session.name, ...session.end.position }));
    session.connection = connection;
    session.end.attach({ send: (packet) => connection.send(packet) }, session.name === hello.session ? hello : start);
    return session;
  }

  #create(): MemorySession {
    this.#count += 1;
    const session: MemorySession = {
      name: `session-${this.#count}`,
      received: [],
      hasEnded: false,
      connection: undefined,
      end: new DeliveryEnd<undefined>(
        { clock: this.#clock, ackDelayMs: 20, maxMessages: 64, maxBytes: 65_536 },
        {
          onMessage: (message) => session.received.push(message),
          onAcknowledged: () => {},
          onPong: () => {},
          onBye: () => {
            session.hasEnded = true;
            this.all.delete(session.name);
          },
        },
      ),
    };
    this.all.set(session.name, session);
    return session;
  }
}

const start = { received: 0, first: 1 };
