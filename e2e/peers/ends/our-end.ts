import type { Client, ClientEventMap } from '@holdfast/node';
import { Changes } from '../../faults/changes.ts';

/** What a Client and a Connection have in common. */
export interface AnyEnd extends Pick<Client, 'protocol' | 'ping' | 'close'> {
  on(type: 'message', listener: (event: ClientEventMap['message']) => unknown): unknown;
  on(type: 'closed', listener: (event: ClientEventMap['closed']) => unknown): unknown;
  send(message: string | Uint8Array): unknown;
}

/** The end that `connect` and `serve` both give, with what arrived kept until it is taken. */
export class OurEnd {
  readonly #end: AnyEnd;
  readonly #messages: (string | Uint8Array)[] = [];
  readonly #changes = new Changes();
  #closed: Closed | undefined;

  constructor(end: AnyEnd) {
    this.#end = end;
    end.on('message', ({ data }) => this.#note(() => this.#messages.push(data)));
    end.on('closed', ({ code, reason, wasClean, error }) => {
      this.#note(() => {
        this.#closed = { code, reason, wasClean, ...(error && { error: error.code }) };
      });
    });
  }

  get protocol(): string {
    return this.#end.protocol;
  }

  send(message: string | Uint8Array): void {
    this.#end.send(message);
  }

  /** The next message; rejects when the connection ends without one. */
  async message(): Promise<string | Uint8Array> {
    await this.#changes.until(() => this.#messages.length > 0 || this.#closed !== undefined, 'a message arrives');
    const message = this.#messages.shift();
    if (message === undefined) throw new Error(`no message, but the end: ${JSON.stringify(this.#closed)}`);
    return message;
  }

  /** How the connection ended, once it has. */
  async closed(): Promise<Closed> {
    await this.#changes.until(() => this.#closed !== undefined, 'the connection ends');
    return this.#closed!;
  }

  async ping(): Promise<number> {
    return this.#end.ping();
  }

  async close(code?: number, reason?: string): Promise<void> {
    await this.#end.close(code, reason);
  }

  #note(change: () => void): void {
    change();
    this.#changes.tell();
  }
}

/** What `closed` tells, with the code of the error if there is one. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly error?: string;
}
