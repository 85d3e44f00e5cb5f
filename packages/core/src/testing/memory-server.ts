import { abnormal, CloseCode } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import type { Message, Outgoing } from '../message.ts';
import type { Connector, LinkHandler } from '../session/link.ts';
import { Arrivals } from './arrivals.ts';
import { type DialAnswer, lowerCaseNames, type MemoryDial, type Refusal, refusalError } from './dial-answer.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryConnection } from './memory-connection.ts';

/** A server in memory for clients under test: it accepts, refuses, stalls and is restarted at the test's word. */
export class MemoryServer {
  /** All dials, in order. */
  readonly dials: MemoryDial[] = [];
  /** All connections, in order; those that ended too. */
  readonly connections: MemoryConnection[] = [];
  /** What happens to each dial, where nothing else was said about the next. */
  mode: DialAnswer | ((dial: MemoryDial) => DialAnswer) = 'accept';
  /** What each message is answered with. */
  answer: (message: Message, connection: MemoryConnection) => Outgoing | undefined = () => undefined;
  /** Is told of each connection when it opens, before anything passes. */
  onConnection: (connection: MemoryConnection) => void = () => {};
  readonly #clock: Clock;
  readonly #next: DialAnswer[] = [];
  #fresh = new Arrivals<MemoryConnection>();

  /** Slow lines go by this clock. */
  constructor(clock: Clock = new FakeClock()) {
    this.#clock = clock;
  }

  /** Give this to a client as its Connector. */
  readonly connector: Connector = (url, protocols, handler) => this.dialed({ url, protocols }, handler);

  /** The connection made last. Throws if there is none. */
  get latest(): MemoryConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('the server has no connection yet');
    return connection;
  }

  /** The next connection that was not yet answered, also if it was made before. Rejects when the server stops first. */
  connection(): Promise<MemoryConnection> {
    return this.#fresh.next();
  }

  /** Refuses the next dial: by HTTP, or, without a status, as a port where nobody listens. Two calls are two dials. */
  refuseNext(refusal: 'refuse' | Refusal = 'refuse'): void {
    this.#next.push(refusal);
  }

  /** Never answers the next dial. */
  ignoreNext(): void {
    this.#next.push('ignore');
  }

  /** Takes no more dials, and closes all connections with 1001. A `mode` of `accept` starts it again. */
  stop(): void {
    this.mode = 'refuse';
    this.#next.length = 0;
    this.#fresh.end(new Error('the server was stopped'));
    this.#fresh = new Arrivals();
    for (const connection of this.connections) {
      connection.slow({});
      connection.close(CloseCode.GoingAway, 'stopped');
    }
  }

  /** Takes a dial, as a Connector does. */
  dialed(dial: MemoryDial, handler: LinkHandler): () => void {
    const { headers } = dial;
    const seen = headers ? { ...dial, headers: lowerCaseNames(headers) } : dial;
    this.dials.push(seen);
    let abandon = () => {};
    let isGivenUp = false;
    void Promise.resolve().then(() => {
      if (!isGivenUp) abandon = this.#decide(seen, handler);
      // Told that it is open, the client may have given it up.
      if (isGivenUp) abandon();
    });
    return () => {
      isGivenUp = true;
      abandon();
    };
  }

  #decide(dial: MemoryDial, handler: LinkHandler): () => void {
    const { mode } = this;
    const answer = this.#next.shift() ?? (typeof mode === 'function' ? mode(dial) : mode);
    if (answer === 'accept') return this.#accept(dial, handler);
    if (answer !== 'ignore') handler.onEnd(abnormal(refusalError(answer)));
    return () => {};
  }

  #accept(dial: MemoryDial, handler: LinkHandler): () => void {
    const onMessage = (message: Message) => {
      const reply = this.answer(message, connection);
      if (reply !== undefined) connection.send(reply);
    };
    const connection = new MemoryConnection(dial, handler, this.#clock, onMessage);
    this.connections.push(connection);
    handler.onOpen(connection.pair.client);
    this.onConnection(connection);
    this.#fresh.push(connection);
    return () => connection.pair.client.abandon();
  }
}
