import { expect } from 'chai';
import { sha256 } from '../scenarios/bench/hash.ts';
import type { RemoteServer } from '../servers/control-client.ts';
import type { ReceivedConnection, ReceivedMessage } from '../servers/control-protocol.ts';
import { bytesOf, type Content, meaningOf, type Step } from './examples.ts';
import { Inbox } from './inbox.ts';

/** The server's part of a dialogue, played over a server that only notes what it gets; needs no more than `fetch`. */
export class ScriptedServer {
  readonly #server: RemoteServer;
  readonly #inboxes: Inbox[] = [];
  readonly #taken: number[] = [];
  /** Bytes are noted by their hash: the hex of those that the dialogue has. */
  readonly #hexes: ReadonlyMap<string, string>;
  #isWelcome = false;
  #isOpen = false;

  private constructor(server: RemoteServer, hexes: ReadonlyMap<string, string>) {
    this.#server = server;
    this.#hexes = hexes;
  }

  /** A server that knows the bytes of this dialogue. */
  static async of(server: RemoteServer, steps: readonly Step[]): Promise<ScriptedServer> {
    const hexes = steps.flatMap((step) =>
      'client' in step && typeof step.client !== 'string' ? [step.client.hex] : [],
    );
    const named = hexes.map(async (hex) => [await sha256(bytesOf(hex)), hex] as const);
    return new ScriptedServer(server, new Map(await Promise.all(named)));
  }

  /** Plays a step, or waits until the client has. */
  async play(step: Exclude<Step, { app: string }>): Promise<void> {
    if ('link' in step) await this.#open(step.link);
    else if ('server' in step) await this.#send(step.server, step.lost);
    else if ('client' in step) await this.#expect(step.client);
    else if ('clientCloses' in step) await this.#expectClose(step.clientCloses, step.reason);
    else if ('serverCloses' in step) await this.#close(step.serverCloses, step.reason ?? '');
    else await this.#cut();
  }

  /** Throws where the client has said more than the dialogue has. */
  async end(): Promise<void> {
    await this.#settle();
    expect(this.#inboxes.flatMap(({ rest }) => rest)).to.deep.equal([]);
  }

  async #open(link: number): Promise<void> {
    await this.#server.report({ handshakes: link });
    this.#inboxes[link - 1] = new Inbox();
    this.#taken[link - 1] = 0;
    this.#isOpen = true;
    this.#isWelcome = false;
  }

  async #send(packet: Content, isLost = false): Promise<void> {
    if (isLost) return;
    await this.#server.send(packet);
    if (typeof packet === 'string' && packet.startsWith('welcome')) this.#isWelcome = true;
  }

  async #expect(packet: Content): Promise<void> {
    const inbox = this.#inboxes.at(-1)!;
    for (let messages = 0; !inbox.has(packet); messages++) messages = await this.#read(messages);
    expect(meaningOf(inbox.take(packet))).to.deep.equal(meaningOf(packet));
  }

  /** Reads what is there, once it is so many messages; answers how many there are. */
  async #read(messages: number): Promise<number> {
    const connections = await this.#server.report({ messages });
    for (const [index, inbox] of this.#inboxes.entries()) {
      for (const message of connections[index]!.messages.slice(this.#taken[index])) inbox.add(this.#contentOf(message));
      this.#taken[index] = connections[index]!.messages.length;
    }
    return connections.reduce((sum, connection) => sum + connection.messages.length, 0);
  }

  #contentOf({ kind, text, sha256: hash }: ReceivedMessage): Content {
    return kind === 'text' ? text! : { hex: this.#hexes.get(hash) ?? `bytes that the dialogue has not: ${hash}` };
  }

  async #expectClose(code: number, reason: string): Promise<void> {
    const { closed } = await this.#latest(this.#inboxes.length);
    expect(closed).to.deep.equal({ code, reason });
    this.#isOpen = false;
  }

  async #close(code: number, reason: string): Promise<void> {
    this.#isOpen = false;
    await this.#server.closeClients(code, reason);
  }

  async #cut(): Promise<void> {
    await this.#settle();
    this.#isOpen = false;
    await this.#server.kill();
    await this.#server.startAgain();
  }

  /** Waits until the client has taken all that it was sent. */
  async #settle(): Promise<void> {
    if (!this.#isOpen || !this.#isWelcome) return;
    await this.#send('ping');
    await this.#expect('pong');
  }

  async #latest(closed: number): Promise<ReceivedConnection> {
    return (await this.#server.report({ closed })).at(closed - 1)!;
  }
}
