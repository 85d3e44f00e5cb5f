import type { Socket } from 'node:net';
import { failOn, type Message, type Outgoing } from '@holdfast/core/adapter';
import { checkHeaders } from '../handshake/client-handshake.ts';
import type { HeadLimits } from '../handshake/http-head.ts';
import { refusal, refusalOf } from '../handshake/refusal.ts';
import type { RequestHead } from '../handshake/request-head.ts';
import { checkHeadLimits, checkRequest } from '../handshake/server-handshake.ts';
import { platformClock } from '../platform-clock.ts';
import { Roster } from '../roster.ts';
import { hasLeft, openConnection, refuseHandshake, remoteAddress } from './accept.ts';
import type { Connection } from './connection.ts';
import { DeliverySessions } from './delivery/delivery-sessions.ts';
import { type HandshakeRequest, requestOf } from './handshake-request.ts';
import { type Observers, type ServerObserver, tellObservers } from './observer.ts';
import type { ResolvedServeOptions } from './options.ts';
import type { OpenHandshake, ServerConnection } from './server-connection.ts';

/** What an app does with each new connection. */
export type OnConnection<Data = unknown, In = Message, Out = Outgoing> = (
  connection: Connection<Data, In, Out>,
) => unknown;

/** What an app refuses with. */
interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the app is given, and what its server does with it. */
interface Guest extends Connection {
  /** Who is told of its messages. */
  observers: Observers<never>;
  /** Lets messages come. */
  release(): void;
  /** Closes for a fault of the app's. */
  fail(who: string, cause: unknown): void;
  /** Closes since the server does. */
  leave(code: number, reason: string): Promise<unknown>;
}

/** A socket whose handshake is under way. */
export interface Arrival {
  readonly socket: Socket;
  /** Ends its time limit, and the listening for its end. */
  readonly cancel: () => void;
  /** What is asked for, once the head is read. */
  request?: HandshakeRequest;
}

/**
 * Everybody who is at a server: the sockets whose handshake is under way, each with a time limit, and the open
 * connections.
 */
export class Reception {
  /** What the app has: of clients with delivery their sessions, and their lines of the others. */
  readonly connections: Roster<Guest> = new Roster();
  readonly #observers = new Set<ServerObserver<Guest>>();
  /** All lines. */
  readonly #lines = new Roster<ServerConnection>();
  readonly #sessions: DeliverySessions | undefined;
  readonly #options: ResolvedServeOptions;
  readonly #onConnection: OnConnection;
  readonly #arrivals = new Roster<Arrival>();
  #isClosing = false;

  constructor(options: ResolvedServeOptions, onConnection: OnConnection) {
    this.#options = options;
    this.#onConnection = onConnection;
    this.#sessions =
      options.delivery &&
      new DeliverySessions(options, options.delivery, {
        onBegin: (connection) => this.#introduce(connection),
        onEnded: (connection) => void this.connections.delete(connection),
      });
  }

  /** Tells who measures, from now on; the answer ends that. */
  observe(observer: ServerObserver<Guest>): () => void {
    this.#observers.add(observer);
    for (const guest of this.connections) tellObservers(new Set([observer]), 'onConnection', guest);
    return () => void this.#observers.delete(observer);
  }

  /** A socket arrived, with so much time for its handshake; `undefined` where it was dropped: too many are here already. */
  enter(socket: Socket, leftMs: number): Arrival | undefined {
    if (socket.destroyed || this.#arrivals.size >= this.#options.limits.maxPendingHandshakes) {
      socket.on('error', () => {}).destroy();
      return undefined;
    }
    const { handshakeTimeoutMs } = this.#options;
    const stopTimer = platformClock.after(leftMs, () => {
      this.refuse(arrival, refusal(408, `no handshake within ${handshakeTimeoutMs} ms`));
    });
    const leave = () => this.#leave(arrival);
    const cancel = () => {
      stopTimer();
      socket.off('close', leave);
    };
    const arrival: Arrival = { socket, cancel };
    this.#arrivals.add(arrival);
    socket.on('error', ignore).on('close', leave);
    return arrival;
  }

  /**
   * Its request is there: checks it, asks the app, and opens the connection, or refuses. `limits` are those of a head that
   * was read without them.
   */
  async admit(arrival: Arrival, head: RequestHead, rest: Uint8Array, limits?: HeadLimits): Promise<void> {
    // It left before its turn.
    if (!this.#arrivals.has(arrival)) return;
    const { socket } = arrival;
    arrival.request = requestOf(head, remoteAddress(socket));
    try {
      if (limits) checkHeadLimits(head, limits);
      const handshake = checkRequest(head, remoteAddress(socket), this.#options.policy);
      arrival.request = handshake.request;
      this.#checkRoom();
      const data = this.#options.authorize && (await this.#authorize(handshake.request));
      // Its time may be up, or it may be gone.
      if (!this.#arrivals.has(arrival)) return;
      if (hasLeft(socket)) return void socket.destroy();
      this.#checkRoom();
      this.#leave(arrival);
      this.#open(socket, { ...handshake, data }, rest);
    } catch (error) {
      this.refuse(arrival, error);
    }
  }

  /** Answers a handshake that is under way by a refusal. */
  refuse(arrival: Arrival, cause: unknown): void {
    if (!this.#leave(arrival)) return;
    refuseHandshake(arrival.socket, cause, this.#options, arrival.request);
    tellObservers(this.#observers, 'onRefused', refusalOf(cause));
  }

  /** Lets nobody in any more, tells all to go, and waits until they are gone, each within its time limit. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const arrival of this.#arrivals) this.refuse(arrival, refusal(503, 'the server is closing'));
    const reason = 'the server is closing';
    await Promise.all([...this.connections].map((guest) => guest.leave(1001, reason)));
    // Those that have not greeted yet.
    await Promise.all([...this.#lines].map((line) => line.leave(1001, reason)));
  }

  #checkRoom(): void {
    if (this.#isClosing) throw refusal(503, 'the server is closing');
    const { maxConnections } = this.#options.limits;
    if (this.#lines.size >= maxConnections) throw refusal(503, 'the server is full', { 'Retry-After': '10' });
  }

  /** Answers what the connection is to carry. */
  async #authorize(request: HandshakeRequest): Promise<unknown> {
    const answer = await this.#options.authorize?.(request);
    if (answer === true) return undefined;
    const { data, status = 403, headers = {} } = (answer || {}) as Partial<Refusal> & { data?: unknown };
    // Somebody who was looked for and not found is nobody who may connect.
    if (data !== undefined && data !== null && !('status' in (answer as object))) return data;
    checkHeaders(headers);
    if (!(status >= 300 && status <= 599 && Number.isInteger(status)))
      failOn('invalid-option', `status ${status}`, '300-599');
    throw refusal(status, 'not authorized', headers);
  }

  /** Whether it was still here. */
  #leave(arrival: Arrival): boolean {
    arrival.cancel();
    return this.#arrivals.delete(arrival);
  }

  #open(socket: Socket, handshake: OpenHandshake, rest: Uint8Array): void {
    socket.off('error', ignore);
    const connection = openConnection(socket, rest, handshake, this.#options, () => {
      this.#lines.delete(connection);
      this.connections.delete(connection);
    });
    this.#lines.add(connection);
    if (!this.#sessions?.take(connection)) this.#introduce(connection);
  }

  #introduce(guest: Guest): void {
    this.connections.add(guest);
    guest.observers = this.#observers;
    tellObservers(this.#observers, 'onConnection', guest);
    void this.#present(guest);
  }

  /** Gives the connection to the app, which may take its time to listen: no message is told before. */
  async #present(connection: Guest): Promise<void> {
    const cancel = platformClock.after(this.#options.handshakeTimeoutMs, () => connection.release());
    try {
      await this.#onConnection(connection);
    } catch (error) {
      connection.fail('onConnection', error);
    }
    cancel();
    connection.release();
  }
}

function ignore(): void {}
