import { serve } from '@holdfast/node/server';
import { Tally } from './tally.ts';

/** A server that counts what its one session sends, and sends it numbers at full rate. */
export interface NumbersServer {
  readonly port: number;
  readonly received: Tally;
  /** How many sessions there were. */
  readonly sessions: number;
  /** Resolves when all numbers were sent, and acknowledged. */
  readonly delivered: Promise<void>;
  /** Called with each message that arrives, when it is counted. */
  onMessage: (message: string) => void;
  close(): Promise<void>;
}

/** Starts a server with delivery that sends 1 to `count` to the first session that there is. */
export async function startNumbersServer(count: number): Promise<NumbersServer> {
  let delivered = () => {};
  let sessions = 0;
  const server = await serve({ port: 0, host: '127.0.0.1', origin: '*', delivery: true }, (connection) => {
    sessions += 1;
    connection.on('message', ({ data }) => {
      numbers.received.take(data);
      numbers.onMessage(String(data));
    });
    void sendAll(connection);
  });

  async function sendAll(connection: Parameters<Parameters<typeof serve>[1]>[0]): Promise<void> {
    for (let number = 1; number <= count; number++) {
      await connection.drained();
      connection.send(String(number), number === count ? { receipt: () => delivered() } : {});
      // Who only sends hears nothing.
      if (number % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const numbers: NumbersServer = {
    port: server.port,
    received: new Tally('at the server'),
    get sessions() {
      return sessions;
    },
    delivered: new Promise((resolve) => {
      delivered = resolve;
    }),
    onMessage: () => {},
    close: () => server.close(),
  };
  return numbers;
}
