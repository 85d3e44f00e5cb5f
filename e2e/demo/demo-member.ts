import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ChatReply, ChatRequest } from '../../docs/systems/chat/protocol.ts';

/** A client of the demo server, made with `ws`, whose messages are taken one by one in the order they came. */
export class DemoMember {
  readonly socket: WebSocket;
  /** Resolves to code and reason when the connection is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #arrived: { data: Buffer; isBinary: boolean }[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(url: string, options: { autoPong?: boolean } = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data, isBinary) => {
      this.#arrived.push({ data: data as Buffer, isBinary });
      this.#waiting.shift()?.();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** An open connection. */
  static async open(url: string, options: { autoPong?: boolean } = {}): Promise<DemoMember> {
    const member = new DemoMember(url, options);
    await once(member.socket, 'open');
    return member;
  }

  /** A member of the chat that has been welcomed and has heard that it joined, and its name. */
  static async join(url: string): Promise<{ member: DemoMember; name: string }> {
    const member = await DemoMember.open(url);
    const welcome = await member.reply();
    if (welcome.type !== 'welcome') throw new Error(`the first reply is ${welcome.type}`);
    const joined = await member.reply();
    if (joined.type !== 'joined') throw new Error(`the second reply is ${joined.type}`);
    return { member, name: welcome.name };
  }

  /** The next message, waiting for it when there is none yet. */
  async next(): Promise<{ data: Buffer; isBinary: boolean }> {
    if (this.#arrived.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const message = this.#arrived.shift();
    if (!message) throw new Error('two readers of one member');
    return message;
  }

  /** The next message as the chat means it. */
  async reply(): Promise<ChatReply> {
    return JSON.parse((await this.next()).data.toString()) as ChatReply;
  }

  ask(request: ChatRequest): void {
    this.socket.send(JSON.stringify(request));
  }
}
