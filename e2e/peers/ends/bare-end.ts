import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Opcode, Protocol } from '@holdfast/core';
import { Changes } from '../../faults/changes.ts';

/** The Protocol of core on a socket whose handshake is done, for what `connect` and `serve` offer no app. */
export class BareEnd {
  readonly #socket: Socket;
  readonly #protocol: Protocol;
  readonly #messages: (string | Uint8Array)[] = [];
  readonly #changes = new Changes();
  #hasEnded = false;

  constructor(role: 'client' | 'server', socket: Socket, rest: Uint8Array) {
    this.#socket = socket;
    this.#protocol = new Protocol({ role, createMaskingKey: () => randomBytes(4) });
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#hasEnded = true;
      this.#changes.tell();
    });
    if (rest.length > 0) this.#receive(rest);
    socket.resume();
  }

  /** Sends a message in just these fragments. */
  sendFragments(kind: 'text' | 'binary', pieces: readonly Uint8Array[]): void {
    this.#protocol.sendFragments(kind === 'text' ? Opcode.Text : Opcode.Binary, pieces);
    this.#flush();
  }

  /** The next message that arrives. */
  async message(): Promise<string | Uint8Array> {
    await this.#changes.until(() => this.#messages.length > 0, 'a message arrives');
    return this.#messages.shift()!;
  }

  /** Closes with this code, or without one, and answers how the connection ended. */
  async close(code?: number, reason?: string): Promise<{ code: number; reason: string; wasClean: boolean }> {
    this.#protocol.close(code, reason);
    this.#flush();
    await this.#changes.until(() => this.#hasEnded, 'the connection ends');
    const outcome = this.#protocol.outcome();
    return { code: outcome.code, reason: outcome.reason, wasClean: outcome.wasClean };
  }

  #receive(chunk: Uint8Array): void {
    for (const event of this.#protocol.receive(chunk)) {
      if (event.type === 'message') this.#messages.push(event.data);
    }
    this.#flush();
    if (this.#protocol.transport === 'end') this.#socket.end();
    this.#changes.tell();
  }

  #flush(): void {
    for (const chunk of this.#protocol.takeOutput()) this.#socket.write(chunk);
  }
}
