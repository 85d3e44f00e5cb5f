import { abnormal, CloseCode, type CloseOutcome } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import type { Message, Outgoing } from '../message.ts';
import type { Connector, LinkHandler } from '../session/link.ts';
import { LinkPair, type MemoryLink, silentHandler } from './link-pair.ts';

/** What was dialed. */
export interface MemoryDial {
  readonly url: string;
  readonly protocols: readonly string[];
}

/** A server in memory for clients under test: it accepts, refuses, stalls and is restarted at the test's word. */
export class MemoryServer {
  /** All dials, in order. */
  readonly dials: MemoryDial[] = [];
  /** All connections, in order; those that ended too. */
  readonly connections: MemoryConnection[] = [];
  /** What happens to the next dials. */
  mode: 'accept' | 'refuse' | 'ignore' = 'accept';
  /** What each message is answered with. */
  answer: (message: Message) => Outgoing | undefined = () => undefined;

  /** Give this to a client as its Connector. */
  readonly connector: Connector = (url, protocols, handler) => {
    this.dials.push({ url, protocols });
    let abandon = () => {};
    let isGivenUp = false;
    void Promise.resolve().then(() => {
      if (!isGivenUp) abandon = this.#dialed(protocols, handler);
      // Told that it is open, the client may have given it up.
      if (isGivenUp) abandon();
    });
    return () => {
      isGivenUp = true;
      abandon();
    };
  };

  /** The connection made last. Throws if there is none. */
  get latest(): MemoryConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('the server has no connection yet');
    return connection;
  }

  /** Takes no more dials, and closes all connections with 1001. */
  stop(): void {
    this.mode = 'refuse';
    for (const { link } of this.connections) link.close(CloseCode.GoingAway, 'stopped');
  }

  #dialed(protocols: readonly string[], handler: LinkHandler): () => void {
    if (this.mode === 'ignore') return () => {};
    if (this.mode === 'refuse') {
      handler.onEnd(abnormal(new HoldfastError('connection-refused', 'the server is down')));
      return () => {};
    }
    const connection = new MemoryConnection(protocols, handler, (message) => this.answer(message));
    this.connections.push(connection);
    handler.onOpen(connection.pair.client);
    return () => connection.pair.client.abandon();
  }
}

/** The server's end of one connection. */
export class MemoryConnection {
  readonly pair: LinkPair;
  readonly received: Message[] = [];
  /** How it ended, for the server. */
  outcome: CloseOutcome | undefined;

  constructor(protocols: readonly string[], client: LinkHandler, answer: (message: Message) => Outgoing | undefined) {
    const server = {
      ...silentHandler,
      onMessage: (data: Message) => {
        this.received.push(data);
        const reply = answer(data);
        if (reply !== undefined) this.link.send(reply);
      },
      onEnd: (outcome: CloseOutcome) => {
        this.outcome = outcome;
      },
    };
    this.pair = new LinkPair(client, server, protocols[0]);
  }

  /** The server's Link. */
  get link(): MemoryLink {
    return this.pair.server;
  }
}
