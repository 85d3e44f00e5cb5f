import { broadcast, type Connection, type Server } from '@holdfast/node/server';
import type { ListenCommand } from './command.ts';
import { type Desk, openDesk, type Partner } from './desk.ts';
import { ExitCode } from './exit-code.ts';
import { hideQuery } from './show-url.ts';
import { openStand } from './stand.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Is a server until it is ended; what is typed goes to all. Throws a UsageError, or a HoldfastError as `serve` does. */
export async function listenOn(command: ListenCommand, terminal: Terminal): Promise<ExitCode> {
  const desk = openDesk(terminal, command);
  const hall = new Hall(command, desk, !terminal.stdin.isTTY);
  const server = await openStand(command, desk.outlet.show, (connection) => hall.enter(connection));
  terminal.stdout.on('error', () => hall.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.on(signal, () => hall.close());
  return hall.run(server);
}

/** All who are connected. */
class Hall implements Partner {
  readonly #command: ListenCommand;
  readonly #desk: Desk;
  readonly #isPiped: boolean;
  readonly #numbers = new Map<Connection, number>();
  readonly #isEntered: Promise<void>;
  readonly #isOver: Promise<void>;
  #tellEntered = () => {};
  #tellOver = () => {};
  #entered = 0;
  #fault: UsageError | undefined;

  constructor(command: ListenCommand, desk: Desk, isPiped: boolean) {
    this.#command = command;
    this.#desk = desk;
    this.#isPiped = isPiped;
    this.#isEntered = new Promise((resolve) => (this.#tellEntered = resolve));
    this.#isOver = new Promise((resolve) => (this.#tellOver = resolve));
  }

  async run(server: Server): Promise<ExitCode> {
    void this.#speak();
    await this.#isOver;
    await server.close();
    this.#desk.close();
    return this.#fault ? ExitCode.Usage : ExitCode.Closed;
  }

  enter(connection: Connection): void {
    const { show } = this.#desk.outlet;
    const number = ++this.#entered;
    this.#numbers.set(connection, number);
    const { url, remoteAddress: address } = connection.request;
    show({ event: 'joined', connection: number, address, path: hideQuery(url), protocol: connection.protocol });
    void this.#read(connection, number);
    connection.on('closed', ({ code, reason }) => {
      this.#numbers.delete(connection);
      show({ event: 'left', connection: number, code, reason });
    });
    this.#tellEntered();
  }

  async send(data: string | Uint8Array): Promise<void> {
    broadcast(this.#numbers.keys(), data);
    this.#desk.outlet.show({ event: 'message', direction: 'out', data });
    // Each by itself: one that is gone holds up nobody.
    await Promise.allSettled([...this.#numbers.keys()].map((connection) => connection.drained()));
  }

  async ping(): Promise<void> {
    const { show } = this.#desk.outlet;
    const asked = [...this.#numbers].map(async ([each, connection]) => {
      show({ event: 'pong', connection, rttMs: await each.ping() });
    });
    await Promise.allSettled(asked);
  }

  reconnect(): void {
    throw new UsageError('/reconnect is for who connected');
  }

  close(): void {
    this.#tellOver();
  }

  /** What is piped waits for somebody to hear it; at a prompt nobody need be there. */
  async #speak(): Promise<void> {
    try {
      if (this.#isPiped) await this.#isEntered;
      await this.#desk.listen(this);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#fault = error;
      this.#desk.outlet.show({ event: 'fault', text: error.message });
      this.close();
    }
  }

  /** Reads as fast as what it answers is taken, and as what is shown is. */
  async #read(connection: Connection, number: number): Promise<void> {
    const { answer, talk } = this.#command;
    const { outlet } = this.#desk;
    for await (const data of connection) {
      outlet.show({ event: 'message', direction: 'in', connection: number, data });
      if (answer === 'echo') await this.#pass([connection], data);
      if (answer === 'relay')
        await this.#pass(
          [...this.#numbers.keys()].filter((each) => each !== connection),
          data,
        );
      if (talk.isOnce) return this.close();
      await outlet.drained();
    }
  }

  async #pass(connections: readonly Connection[], data: string | Uint8Array): Promise<void> {
    broadcast(connections, data);
    await Promise.allSettled(connections.map((each) => each.drained()));
  }
}
