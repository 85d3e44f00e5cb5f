import { type Connection, serve } from '@holdfast/node/server';
import { connect } from 'holdfast';
import { deliver, delivery } from 'holdfast/delivery';
import { Changes } from '../changes.ts';
import { formatNumbered, parseNumbered } from '../message.ts';

/** One end of a session: it sends numbers as fast as the other takes them, and notes those that arrive. */
export interface End {
  readonly received: readonly number[];
  /** How often it was told that a message is given up. */
  readonly dropped: () => number;
  /** The most bytes that have waited here. */
  readonly mostBuffered: () => number;
  /** Sends the numbers from the first to the last; ends when that is handed over. */
  send(first: number, last: number, length: number): Promise<void>;
  /** Resolves when so many messages have arrived. */
  until(messages: number): Promise<void>;
  close(): Promise<void>;
}

/** The end that dials. */
export interface ClientEnd extends End {
  /** Whether each line went on with the session. */
  readonly resumed: () => readonly boolean[];
  /** Sends one more message, and resolves when it, and so all before it, is acknowledged. */
  settled(): Promise<void>;
}

/** What both ends have in common: a client, or a connection of a server. */
type Sender = Pick<Connection, 'send' | 'drained' | 'bufferedBytes'>;

const window = { maxMessages: 1_000, maxBytes: 2 ** 18 } as const;
/** A dead line is found soon; that one may be taken for dead on a busy machine does no harm here. */
const heartbeat = { intervalMs: 100, timeoutMs: 600 } as const;

/** A server with one session, and what listens for it: a port. */
export async function startServerEnd(): Promise<End & { readonly port: number }> {
  const notes = new Notes();
  let begun: ((connection: Connection) => void) | undefined;
  const first = new Promise<Connection>((resolve) => {
    begun = resolve;
  });
  const server = await serve(
    { port: 0, host: '127.0.0.1', origin: '*', delivery: { window }, heartbeat },
    (connection) => {
      connection.on('message', ({ data }) => notes.add(data));
      connection.on('dropped', () => notes.addDropped());
      begun?.(connection);
    },
  );
  return {
    ...notes.end(() => first),
    port: server.port,
    close: async () => {
      for (const connection of server.connections) connection.terminate();
      await server.close();
    },
  };
}

/** A client of this port, once it is open. */
export async function startClientEnd(port: number): Promise<ClientEnd> {
  const notes = new Notes();
  const resumed: boolean[] = [];
  const client = connect(`ws://127.0.0.1:${port}`, {
    delivery: delivery({ window }),
    heartbeat,
    highWaterMark: 2 ** 18,
    reconnect: { minDelayMs: 1, maxDelayMs: 20 },
    connectTimeoutMs: 1_500,
  });
  client.on('message', ({ data }) => notes.add(data));
  client.on('dropped', () => notes.addDropped());
  client.on('open', (event) => resumed.push(event.resumed));
  await client.once('open');
  return {
    ...notes.end(async () => client),
    resumed: () => resumed,
    settled: () => deliver(client, formatNumbered(0)),
    close: async () => {
      await client.close();
    },
  };
}

/** What one end has seen. */
class Notes {
  readonly #received: number[] = [];
  readonly #changes = new Changes();
  #dropped = 0;
  #mostBuffered = 0;

  add(data: unknown): void {
    this.#received.push(parseNumbered(String(data)));
    this.#changes.tell();
  }

  addDropped(): void {
    this.#dropped++;
  }

  end(sender: () => Promise<Sender>): Omit<End, 'close'> {
    return {
      received: this.#received,
      dropped: () => this.#dropped,
      mostBuffered: () => this.#mostBuffered,
      send: async (first, last, length) => {
        const to = await sender();
        for (let number = first; number <= last; number++) {
          to.send(formatNumbered(number, length));
          this.#mostBuffered = Math.max(this.#mostBuffered, to.bufferedBytes);
          await to.drained();
        }
      },
      until: (messages) =>
        this.#changes.until(() => this.#received.length >= messages, `message ${messages} of ${this.#received.length}`),
    };
  }
}
