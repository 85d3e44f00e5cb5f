import { once } from 'node:events';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { Changes } from '../faults/changes.ts';
import { type Content, contentOf, type Dialogue, examples, hexOf, meaningOf, type Step } from './examples.ts';
import { Inbox } from './inbox.ts';

interface Link {
  readonly socket: WebSocket;
  readonly inbox: Inbox;
  isWelcome: boolean;
  closed: { code: number; reason: string } | undefined;
}

/** Plays the client's part of a dialogue against a server that echoes; rejects where that says something else. */
export async function playToServer(url: string, { steps }: Pick<Dialogue, 'steps'>): Promise<void> {
  const client = new ScriptedClient(url);
  try {
    for (const step of steps) if (!('app' in step)) await client.play(step);
    await client.end();
  } finally {
    client.leave();
  }
}

class ScriptedClient {
  readonly #url: string;
  readonly #links: Link[] = [];
  readonly #changes = new Changes();
  /** The names of sessions in the dialogue, and those that the server gave them. */
  readonly #names = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async play(step: Exclude<Step, { app: string }>): Promise<void> {
    if ('link' in step) return this.#open();
    const link = this.#links.at('cut' in step ? step.cut - 1 : (step.on ?? 0) - 1)!;
    if ('client' in step) return step.lost ? undefined : link.socket.send(contentOf(this.#named(step.client)));
    if ('server' in step) return this.#expect(link, step.server);
    if ('serverCloses' in step) return this.#expectClose(link, step.serverCloses, step.reason);
    if ('clientCloses' in step) {
      link.socket.close(step.clientCloses, step.reason);
      return this.#changes.until(() => link.closed !== undefined, 'the server closes too');
    }
    await this.#settle(link);
    link.socket.terminate();
  }

  /** Throws where the server has said more than the dialogue has. */
  async end(): Promise<void> {
    for (const link of this.#links) {
      await this.#settle(link);
      expect(link.inbox.rest).to.deep.equal([]);
    }
  }

  leave(): void {
    for (const { socket } of this.#links) socket.terminate();
  }

  async #open(): Promise<void> {
    const socket = new WebSocket(this.#url, examples.protocol);
    const link: Link = { socket, inbox: new Inbox(), isWelcome: false, closed: undefined };
    this.#links.push(link);
    socket.on('message', (data: Buffer, isBinary) => {
      link.inbox.add(isBinary ? { hex: hexOf(data) } : String(data));
      this.#changes.tell();
    });
    socket.on('close', (code, reason) => {
      link.closed = { code, reason: String(reason) };
      this.#changes.tell();
    });
    await once(socket, 'open');
    expect(socket.protocol).to.equal(examples.protocol);
  }

  async #expect(link: Link, expected: Content): Promise<void> {
    const { inbox } = link;
    await this.#changes.until(() => inbox.has(expected), `the server says ${JSON.stringify(expected)}`);
    const packet = inbox.take(expected);
    const isWelcome = typeof expected === 'string' && expected.startsWith('welcome ');
    link.isWelcome ||= isWelcome;
    if (isWelcome) this.#bind(expected, packet as string);
    expect(meaningOf(packet)).to.deep.equal(meaningOf(this.#named(expected)));
  }

  /** The first welcome with a name tells what the server calls it; it is another one than any before. */
  #bind(expected: string, packet: string): void {
    const { session } = meaningOf(expected) as { session: string };
    const given = (meaningOf(packet) as { session: string }).session;
    if (this.#names.has(session)) return;
    expect(given, 'at least 128 bits').to.match(/^[\w-]{22,128}$/);
    expect([...this.#names.values()], 'a new name').not.to.include(given);
    this.#names.set(session, given);
  }

  #named(packet: Content): Content {
    if (typeof packet !== 'string') return packet;
    return [...this.#names].reduce((text, [name, given]) => text.replaceAll(`"${name}"`, `"${given}"`), packet);
  }

  /** A reason that the dialogue does not name is for people. */
  async #expectClose(link: Link, code: number, reason?: string): Promise<void> {
    await this.#changes.until(() => link.closed !== undefined, 'the server closes');
    expect(link.closed).to.include({ code, ...(reason !== undefined && { reason }) });
  }

  /** Waits until the server has taken all that it was sent. */
  async #settle(link: Link): Promise<void> {
    if (!link.isWelcome || link.socket.readyState !== WebSocket.OPEN) return;
    link.socket.send('ping');
    await this.#expect(link, 'pong');
  }
}
