import { randomBytes } from 'node:crypto';
import { HoldfastError, type Message } from '@holdfast/core/adapter';
import { appProtocol, faultCloseCode, type Greeting, parsePacket } from '@holdfast/core/delivery';
import { platformClock } from '../../platform-clock.ts';
import type { ResolvedServeOptions } from '../options.ts';
import type { ServerConnection } from '../server-connection.ts';
import { DeliveryConnection } from './delivery-connection.ts';
import type { ResolvedServerDelivery } from './options.ts';
import type { OpenedSession } from './session-store.ts';

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
    let connection: DeliveryConnection | undefined;
    let isGreeted = false;
    const cancel = platformClock.after(this.#options.handshakeTimeoutMs, () => {
      void line.close(faultCloseCode, 'no greeting in time');
    });
    line.on('closed', ({ type: _, ...outcome }) => {
      cancel();
      connection?.onLineEnded(line, outcome);
    });
    const greet = async (data: Message) => {
      const hello = parseHello(data);
      connection = await this.#connectionFor(line, hello.session);
      const isResumed = connection?.delivery.session === hello.session;
      connection?.open(line, isResumed ? hello : { received: 0, first: 1 });
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
  async #connectionFor(line: ServerConnection, session: string | undefined): Promise<DeliveryConnection | undefined> {
    const owner = this.#delivery.owner(line);
    if (session === undefined) return this.#create(line, owner);
    // Two lines may ask for it at once: the later waits for what the earlier finds.
    const found = (this.#searches.get(session) ?? Promise.resolve()).then(() => this.#find(line, session, owner));
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

  async #find(line: ServerConnection, session: string, owner: string): Promise<DeliveryConnection | undefined> {
    const known = this.#sessions.get(session);
    if (known) return known.owner === owner ? known.connection : undefined;
    const opened = await this.#delivery.store?.open(session, owner, this.#delivery.resumeWithinMs);
    return opened && this.#begin(session, owner, line, opened);
  }

  async #create(line: ServerConnection, owner: string): Promise<DeliveryConnection | undefined> {
    const name = randomBytes(18).toString('base64url');
    const stored = await this.#delivery.store?.create(name, owner, this.#delivery.resumeWithinMs);
    return this.#begin(name, owner, line, stored ? { stored } : {});
  }

  #begin(
    name: string,
    owner: string,
    line: ServerConnection,
    opened: Partial<OpenedSession>,
  ): DeliveryConnection | undefined {
    // In a store it waits as long as one whose client has gone.
    if (line.state.name !== 'open') return undefined;
    this.#makeRoom();
    const connection = new DeliveryConnection({
      name,
      line,
      options: this.#options,
      delivery: this.#delivery,
      opened,
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
