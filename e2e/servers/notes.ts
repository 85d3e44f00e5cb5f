import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Milestone, ReceivedConnection, ReceivedMessage } from './control-protocol.ts';

const longestTextBytes = 4096;

/** What a server saw of its clients, and a way to wait for it. */
export class Notes {
  readonly connections: ReceivedConnection[] = [];
  readonly #changes = new EventEmitter().setMaxListeners(0);

  /** Begins the notes about one client. */
  handshake({ url = '', headers }: IncomingMessage) {
    const messages: ReceivedMessage[] = [];
    const connection = { url, headers, messages, pings: 0 } as Mutable<ReceivedConnection>;
    this.connections.push(connection);
    this.changed();
    return {
      message: (bytes: Buffer, isBinary: boolean) => {
        messages.push(describeMessage(bytes, isBinary));
        this.changed();
      },
      ping: () => {
        connection.pings += 1;
        this.changed();
      },
      close: (code: number, reason: string) => {
        connection.closed = { code, reason };
        this.changed();
      },
    };
  }

  /** Lets those who wait look again. */
  changed(): void {
    this.#changes.emit('change');
  }

  /** Resolves when the condition holds, or when the limit is over. */
  async until(condition: () => boolean, limitMs = 60_000): Promise<void> {
    const limit = AbortSignal.timeout(limitMs);
    while (!condition() && !limit.aborted) await once(this.#changes, 'change', { signal: limit }).catch(() => {});
  }

  /** Whether so much has happened, all clients together. */
  has({ handshakes = 0, messages = 0, pings = 0, closed = 0 }: Milestone): boolean {
    const all = this.connections;
    const sum = (count: (connection: ReceivedConnection) => number) => all.reduce((n, each) => n + count(each), 0);
    return (
      all.length >= handshakes &&
      sum((each) => each.messages.length) >= messages &&
      sum((each) => each.pings) >= pings &&
      sum((each) => (each.closed ? 1 : 0)) >= closed
    );
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function describeMessage(bytes: Buffer, isBinary: boolean): ReceivedMessage {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const summary = { bytes: bytes.length, sha256 };
  if (isBinary) return { kind: 'binary', ...summary };
  return bytes.length > longestTextBytes
    ? { kind: 'text', ...summary }
    : { kind: 'text', ...summary, text: bytes.toString('utf8') };
}
