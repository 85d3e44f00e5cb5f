import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Frame, FrameDecoder } from '@holdfast/core';
import type { Role } from './feed.ts';
import { within } from './limit.ts';

/** The attacker's end of a TCP connection: it reads and writes as it likes. */
export class Line {
  readonly socket: Socket;
  /** All that the victim sent. */
  received: Buffer = Buffer.alloc(0);
  hasEnded = false;
  readonly #victim: Role;

  constructor(socket: Socket, victim: Role) {
    this.socket = socket;
    this.#victim = victim;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
    // Victims may well reset.
    socket.on('error', () => {});
  }

  #end(): void {
    this.hasEnded = true;
  }

  /** Writes text of Latin-1 or bytes, in one piece. */
  send(...parts: (string | Uint8Array)[]): void {
    this.socket.write(
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    );
  }

  /** Waits until this is so; it is looked at whenever something happens on the line. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    let check = () => {};
    const reached = new Promise<void>((resolve) => {
      check = () => {
        if (isSo()) resolve();
      };
    });
    for (const event of ['data', 'end', 'close']) this.socket.on(event, check);
    check();
    await within(reached, what);
    for (const event of ['data', 'end', 'close']) this.socket.off(event, check);
  }

  /** Waits for the end of the victim's head, and answers it. */
  async head(): Promise<string> {
    await this.until(() => this.received.includes('\r\n\r\n') || this.hasEnded, 'the head');
    return this.received.toString('latin1', 0, this.received.indexOf('\r\n\r\n') + 4);
  }

  /** The victim's frames so far, behind its head. */
  get frames(): Frame[] {
    const start = this.received.indexOf('\r\n\r\n') + 4;
    const role = this.#victim === 'client' ? 'server' : 'client';
    return new FrameDecoder({ role }).push(this.received.subarray(start));
  }
}

/** The value of a header in a head, or `undefined`. */
export function headerOf(head: string, name: string): string | undefined {
  const line = head.split('\r\n').find((other) => other.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}

/** The head that accepts a request, with further lines. */
export function acceptance(requestHead: string, lines: readonly string[] = ['Connection: Upgrade']): string {
  const key = headerOf(requestHead, 'Sec-WebSocket-Key');
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const fields = ['Upgrade: websocket', `Sec-WebSocket-Accept: ${accept}`, ...lines];
  return headOf('HTTP/1.1 101 Switching Protocols', ...fields);
}

/** Lines as an HTTP head. */
export function headOf(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
