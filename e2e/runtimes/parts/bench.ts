import { type Client, type ClosedEvent, connect, type ConnectOptions, HoldfastError } from '@holdfast/node';
import { type Connection, serve, type Server, type ServeOptions } from '@holdfast/node/server';
import { expect } from 'chai';

const limitMs = 20_000;

/** Our own server on the loopback that echoes, and our own client of it, for one case. */
export class Bench {
  readonly #opened: { close(): Promise<unknown> }[] = [];

  /** Runs a case, with a limit, and closes what it opened. */
  static async run(act: (bench: Bench) => Promise<void>): Promise<void> {
    const bench = new Bench();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`the case took more than ${limitMs} ms`)), limitMs);
    });
    try {
      await Promise.race([act(bench), limit]);
    } finally {
      clearTimeout(timer);
      // Clients first: their servers wait for them.
      for (const opened of bench.#opened.splice(0).toReversed()) await opened.close();
    }
  }

  /** Serves; without more, each message is sent back. */
  async serve(options: Partial<ServeOptions> = {}, onConnection: (connection: Connection) => void = echo) {
    const where = options.server ? {} : { port: 0, host: '127.0.0.1' };
    const server: Server = await serve({ ...where, ...options } as ServeOptions, onConnection);
    this.#opened.push(server);
    return server;
  }

  /** Dials once. */
  dial(url: string, options: ConnectOptions = {}): Client {
    const client = connect(url, { reconnect: false, heartbeat: false, ...options });
    this.#opened.push(client);
    return client;
  }

  /** Sees to the end of something else. */
  keep(opened: { close(): Promise<unknown> }): void {
    this.#opened.push(opened);
  }
}

function echo(connection: Connection): void {
  connection.on('message', ({ data }) => connection.send(data));
}

/** Checks that messages come back, and that the closing handshake is in order. */
export async function expectEchoes(client: Client): Promise<void> {
  for (const message of ['hello', Uint8Array.of(0, 255, 128), '🌊'.repeat(50_000)]) {
    const answer = client.once('message');
    client.send(message);
    expect((await answer).data).to.deep.equal(message);
  }
  const { code, wasClean } = await client.close(4000, 'done');
  expect({ code, wasClean }).to.deep.equal({ code: 4000, wasClean: true });
}

/** How a dial fails: its one error. */
export async function failureOf(client: Client): Promise<HoldfastError> {
  const { error } = await endOf(client);
  expect(error).to.be.instanceOf(HoldfastError);
  return error as HoldfastError;
}

/** The event with which a client ends. */
export function endOf(client: Client): Promise<ClosedEvent> {
  return new Promise((resolve) => client.on('closed', resolve));
}

/** The code of the HoldfastError that is thrown at once, or that is rejected with; fails where there is none. */
export async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    expect(error).to.be.instanceOf(HoldfastError);
    expect((error as Error).message, 'says more than its code').to.match(/: .+/);
    return (error as HoldfastError).code;
  }
  expect.fail('there was no error');
}
