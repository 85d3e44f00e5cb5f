import type { ClosedEvent, NodeClient } from '@holdfast/node';
import { connectWatched } from '@holdfast/node/adapter';
import type { ConnectCommand, Talk } from './command.ts';
import { type Desk, openDesk, type Partner } from './desk.ts';
import { dialOptions, roundMs, tellLine } from './dial.ts';
import { ExitCode, exitCodeOfEnding } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { watchFrames } from './watch-frames.ts';

/** Connects, and talks until the end, which it answers. Throws a UsageError, or a HoldfastError on wrong options. */
export async function connectTo(command: ConnectCommand, terminal: Terminal): Promise<ExitCode> {
  // It is here to show what happens: only who asks for it is spared a broken line.
  const options = { ...dialOptions(command), ...(!command.comesBack && ({ reconnect: false } as const)) };
  const desk = openDesk(terminal, command);
  const { show } = desk.outlet;
  const watch = command.look.frames === 'none' ? undefined : () => watchFrames(show);
  const client = connectWatched(command.url, options, watch);
  tellLine(client, command, show);
  const call = new Call(client, desk, command.talk);
  terminal.stdout.on('error', () => call.close(1000, ''));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.on(signal, () => call.close(1000, ''));
  return call.run();
}

/** One client from the first dial to the end. */
class Call implements Partner {
  readonly #client: NodeClient;
  readonly #desk: Desk;
  readonly #talk: Talk;
  readonly #closed: Promise<ClosedEvent>;
  #isOurs = false;
  #lost = 0;
  #heard = 0;
  #fault: UsageError | undefined;

  constructor(client: NodeClient, desk: Desk, talk: Talk) {
    this.#client = client;
    this.#desk = desk;
    this.#talk = talk;
    this.#closed = new Promise((resolve) => client.on('closed', resolve));
    client.on('dropped', () => this.#lost++);
  }

  async run(): Promise<ExitCode> {
    void this.#speak();
    await this.#read();
    const end = await this.#closed;
    this.#desk.close();
    return this.#tellEnd(end);
  }

  async send(data: string | Uint8Array): Promise<void> {
    this.#client.send(data);
    this.#desk.outlet.show({ event: 'message', direction: 'out', data });
    await this.#client.drained();
  }

  async ping(): Promise<void> {
    this.#desk.outlet.show({ event: 'pong', rttMs: roundMs(await this.#client.ping()) });
  }

  reconnect(): void {
    this.#client.reconnect();
  }

  close(code: number, reason: string): void {
    const isBegun = this.#client.state.name === 'closing' || this.#client.state.name === 'closed';
    void this.#client.close(code, reason);
    // Whoever closed first has closed it.
    this.#isOurs ||= !isBegun;
  }

  /** Sends what there is to send, and closes when that is over. */
  async #speak(): Promise<void> {
    try {
      // What is typed or read before would be shown as sent, and nobody could have heard it.
      await this.#client.once('open');
      await this.#desk.listen(this);
      await this.#client.drained();
      await this.#waitForMore();
    } catch (error) {
      if (error instanceof UsageError) this.#fault = error;
      // Else the connection has ended, which is told by `closed`.
    }
    this.close(1000, '');
  }

  async #waitForMore(): Promise<void> {
    const { waitMs } = this.#talk;
    if (waitMs === Number.POSITIVE_INFINITY) return void (await this.#closed);
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([over, this.#closed]);
    clearTimeout(timer);
  }

  async #read(): Promise<void> {
    const { outlet } = this.#desk;
    for await (const data of this.#client) {
      outlet.show({ event: 'message', direction: 'in', data });
      this.#heard++;
      if (this.#talk.isOnce) return this.close(1000, '');
      await outlet.drained();
    }
  }

  #tellEnd({ code, reason, wasClean, error }: ClosedEvent): ExitCode {
    const { show } = this.#desk.outlet;
    if (this.#fault) show({ event: 'fault', text: this.#fault.message });
    if (this.#lost > 0) show({ event: 'fault', text: `not sent: ${this.#lost} of the messages` });
    const exitCode = this.#exitCodeOf({ code, ...(error && { error }) });
    if (exitCode === ExitCode.NoMessage) show({ event: 'fault', text: 'no message came' });
    show({ event: 'closed', code, reason, wasClean, error, exitCode });
    return exitCode;
  }

  #exitCodeOf(end: Parameters<typeof exitCodeOfEnding>[0]): ExitCode {
    if (this.#fault) return ExitCode.Usage;
    const exitCode = exitCodeOfEnding(end, this.#isOurs);
    return exitCode === ExitCode.Closed && this.#talk.isOnce && this.#heard === 0 ? ExitCode.NoMessage : exitCode;
  }
}
