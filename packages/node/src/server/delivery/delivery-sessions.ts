import { randomBytes } from 'node:crypto';
import { HoldfastError, type Message } from '@holdfast/core/adapter';
import { appProtocol, faultCloseCode, type Greeting, parsePacket, type Position } from '@holdfast/core/delivery';
import { platformClock } from '../../platform-clock.ts';
import type { ResolvedServeOptions } from '../options.ts';
import type { ServerConnection } from '../server-connection.ts';
import { DeliveryConnection } from './delivery-connection.ts';
import type { ResolvedServerDelivery } from './options.ts';
import type { Opening } from './delivery-session.ts';

/** Where both ends stand in a new session. */
const beginning: Position = { received: 0, first: 1 };

/** Who hears of the sessions of a server. */
export interface SessionsHandler {
  /** A session begins at this process. */
  onBegin(connection: DeliveryConnection): void;
  onEnded(connection: DeliveryConnection): void;
}

/** The sessions of a server: finds the one that a line goes on with, or begins one. */
export class DeliverySessions {
  readonly #options: ResolvedServeOptions;
  readonly #delivery: ResolvedServerDelivery;
  readonly #handler: SessionsHandler;
  readonly #sessions = new Map<string, { readonly owner: string; readonly connection: DeliveryConnection }>();
  /** Those whose clients are away, the longest first. */
  readonly #away = new Set<DeliveryConnection>();
  /** What is being looked for in the store. */
  readonly #searches = new Map<string, Promise<void>>();

  constructor(options: ResolvedServeOptions, delivery: ResolvedServerDelivery, handler: SessionsHandler) {
    this.#options = options;
    this.#delivery = delivery;
    this.#handler = handler;
  }

  /** Takes a line on which the client speaks delivery; `false` where it does not. */
  take(line: ServerConnection): boolean {
    if (appProtocol(line.protocol) === undefined) return false;
    // What passes there are packets: their messages are encoded and decoded above it.
    line.codec = undefined;
    let connection: DeliveryConnection | undefined;
    let isGreeted = false;
    const cancel = platformClock.after(this.#options.handshakeTimeoutMs, () => {
      void line.close(faultCloseCode, 'no greeting in time');
    });
    line.on('closed', ({ code, reason, wasClean, error }) => {
      cancel();
      connection?.onLineEnded(line, { code, reason, wasClean, error });
    });
    const greet = async (data: Message) => {
      const hello = parseHello(data);
      connection = await this.#connectionFor(line, hello);
      connection?.open(line, connection.delivery.session === hello.session ? hello : beginning);
    };
    line.on('message', ({ data }) => {
      if (connection) return connection.receive(line, data);
      cancel();
      if (isGreeted) return refuse(line, new HoldfastError('packet-unexpected', 'a packet before the welcome'));
      isGreeted = true;
      greet(data).catch((error: unknown) => refuse(line, error));
    });
    return true;
  }

  /** `undefined` where the line has ended meanwhile. */
  async #connectionFor(line: ServerConnection, hello: Greeting): Promise<DeliveryConnection | undefined> {
    const { session } = hello;
    const owner = this.#delivery.owner(line);
    if (session === undefined) return this.#create(line, owner);
    // Two lines may ask for it at once: the later waits for what the earlier finds.
    const before = this.#searches.get(session) ?? Promise.resolve();
    const found = before.then(() => this.#find(line, session, owner, hello));
    const search = found.then(
      () => {},
      () => {},
    );
    this.#searches.set(session, search);
    const connection = await found.finally(() => {
      if (this.#searches.get(session) === search) this.#searches.delete(session);
    });
    return connection ?? this.#create(line, owner);
  }

  async #find(
    line: ServerConnection,
    session: string,
    owner: string,
    peer: Position,
  ): Promise<DeliveryConnection | undefined> {
    const known = () => {
      const at = this.#sessions.get(session);
      return at?.owner === owner && at.connection.canResume ? at.connection : undefined;
    };
    const isTakenOver = known() ? !known()?.isAway : !this.#sessions.has(session) && this.#delivery.store;
    if (isTakenOver && !(await isAlive(line))) return undefined;
    if (this.#sessions.has(session)) return known();
    const opened = await this.#delivery.store?.open(session, owner, this.#delivery.resumeWithinMs);
    return opened && this.#begin(session, owner, line, { ...opened, peer });
  }

  async #create(line: ServerConnection, owner: string): Promise<DeliveryConnection | undefined> {
    if (line.state.name !== 'open') return undefined;
    const name = randomBytes(18).toString('base64url');
    const stored = await this.#delivery.store?.create(name, owner, this.#delivery.resumeWithinMs);
    return this.#begin(name, owner, line, { ...(stored && { stored }), peer: beginning });
  }

  #begin(name: string, owner: string, line: ServerConnection, opening: Opening): DeliveryConnection | undefined {
    // In a store it waits as long as one whose client has gone.
    if (line.state.name !== 'open') return undefined;
    this.#makeRoom();
    const connection = new DeliveryConnection({
      name,
      line,
      options: this.#options,
      delivery: this.#delivery,
      opening,
      onAway: (isAway) => void (isAway ? this.#away.add(connection) : this.#away.delete(connection)),
      onEnded: () => {
        this.#sessions.delete(name);
        this.#away.delete(connection);
        this.#handler.onEnded(connection);
      },
    });
    this.#sessions.set(name, { owner, connection });
    this.#handler.onBegin(connection);
    return connection;
  }

  /** Closes the session that is away the longest where there are too many. */
  #makeRoom(): void {
    if (this.#sessions.size < this.#delivery.maxSessions) return;
    const [longestAway] = this.#away;
    if (!longestAway) throw new HoldfastError('too-many-sessions', `limit ${this.#delivery.maxSessions}`);
    longestAway.terminate();
  }
}

/** Whether the client of a line is there: a hello that it gave up may come late, behind that of its next line. */
function isAlive(line: ServerConnection): Promise<boolean> {
  return line.ping().then(
    () => true,
    () => false,
  );
}

function parseHello(data: Message): Greeting {
  const packet = parsePacket(data);
  if (packet.type !== 'hello') throw new HoldfastError('packet-unexpected', `${packet.type} before the hello`);
  return packet;
}

/** What the client did wrong it is told; where it is no fault of its own, it may come again. */
function refuse(line: ServerConnection, error: unknown): void {
  if (error instanceof HoldfastError && error.code.startsWith('packet-')) {
    void line.close(faultCloseCode, error.code);
  } else if (error instanceof HoldfastError && error.code === 'too-many-sessions') {
    void line.close(1013, 'too many sessions');
  } else {
    line.fail('delivery', error);
  }
}
