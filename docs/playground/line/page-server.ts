import type { Clock } from '@holdfast/core';
import { abnormal, type Client, type Connector, HoldfastError, lost } from '@holdfast/core/adapter';
import type { Transport } from '@holdfast/web';
import { acceptLine } from './accept-line.ts';
import { DeliveryRoom, type SessionReport } from './delivery-room.ts';
import { FaultState, type LineFaults } from './line-faults.ts';
import { pageClock } from './page-clock.ts';
import type { PageConnection } from './page-connection.ts';
import { shakeHands } from './page-dial.ts';
import { PageLine } from './page-line.ts';
import { createChatRoom, createPushRoom, echoRoom, type PageRoom } from './rooms.ts';
import type { WireChunk } from './wire-chunk.ts';

/** What a PageServer may be told. */
export interface PageServerOptions {
  /** Default: the page's. Another one also becomes that of the clients. */
  readonly clock?: Clock | undefined;
  /** Is told of all bytes of all lines, as they are put on the line. */
  readonly onWire?: ((chunk: WireChunk) => void) | undefined;
  /** Time between two numbers of `/push`, in ms. Default 1,000. */
  readonly pushIntervalMs?: number;
  /** How often it pings each client, and how long that may take to answer, in ms. Default 15,000. */
  readonly pingIntervalMs?: number;
}

/** How long closing handshakes may take when the server stops, in ms. */
const stopTimeoutMs = 2_000;
const maxMembers = 32;

/**
 * A server in this page: the handshake of @holdfast/node and core's Protocol in the role of the server, behind lines in
 * memory. `/echo`, `/chat` and `/push` speak as the demo server does; `/delivery` echoes by the delivery sub-protocol.
 */
export class PageServer {
  readonly url = 'ws://in.this.page';
  readonly #clock: Clock;
  readonly #options: PageServerOptions;
  readonly #faults: FaultState;
  readonly #lines = new Set<PageLine>();
  readonly #connections = new Set<PageConnection>();
  readonly #clients = new Set<Pick<Client, 'state'> & { wake(): void }>();
  readonly #delivery: DeliveryRoom;
  #rooms: ReadonlyMap<string, PageRoom>;
  #lineCount = 0;
  #isUp = true;
  #cancelRestart: (() => void) | undefined;
  #cancelPings: (() => void) | undefined;

  constructor(options: PageServerOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? pageClock;
    this.#delivery = new DeliveryRoom(this.#clock);
    this.#faults = new FaultState(
      () => this.#lines.forEach((line) => line.follow()),
      () => this.#onNetwork(),
      () => this.#cut(),
    );
    this.#rooms = this.#openRooms();
  }

  get faults(): LineFaults {
    return this.#faults;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** How many clients are connected. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** What is known of each session of `/delivery`, the oldest first. */
  get sessions(): readonly SessionReport[] {
    return this.#delivery.reports;
  }

  /** For the option `transport` of one client of @holdfast/web, whose URL names one of the paths. */
  transport(): Transport {
    const { clock } = this.#options;
    return {
      // The page's own network is not needed, and may be away.
      isOffline: () => this.#faults.isOffline,
      canPing: true,
      isPaused: () => false,
      ...(clock && { now: clock.now, after: clock.after }),
      connector: (maxMessageBytes) => this.#connector(maxMessageBytes),
      follow: (client) => {
        const follower = client as unknown as Pick<Client, 'state'> & { wake(): void };
        this.#clients.add(follower);
        client.on('closed', () => this.#clients.delete(follower));
        return client;
      },
    };
  }

  /** Takes dials again. */
  start(): void {
    this.#cancelRestart?.();
    if (this.#isUp) return;
    this.#rooms = this.#openRooms();
    this.#isUp = true;
  }

  /** Takes no more dials, and closes all connections with 1001. */
  stop(): void {
    this.#cancelRestart?.();
    this.#isUp = false;
    const open = [...this.#connections];
    for (const connection of open) connection.close(1001, 'the server stops');
    this.#clock.after(stopTimeoutMs, () => {
      for (const connection of open) if (this.#connections.has(connection)) connection.terminate();
    });
  }

  /** Stops, and starts again after this time. */
  restart(downMs: number): void {
    this.stop();
    this.#startAfter(downMs);
  }

  /** Dies without a word: all lines break. With a time, in ms, it starts again after it. */
  crash(downMs?: number): void {
    this.#cancelRestart?.();
    this.#isUp = false;
    this.#cut();
    if (downMs !== undefined) this.#startAfter(downMs);
  }

  #startAfter(downMs: number): void {
    this.#cancelRestart = this.#clock.after(downMs, () => this.start());
  }

  #openRooms(): ReadonlyMap<string, PageRoom> {
    return new Map<string, PageRoom>([
      ['/echo', echoRoom],
      ['/chat', createChatRoom(maxMembers)],
      ['/push', createPushRoom(this.#clock, this.#options.pushIntervalMs ?? 1_000)],
      ['/delivery', this.#delivery],
    ]);
  }

  #connector(maxMessageBytes: number): Connector {
    return (url, protocols, handler) => {
      const line = this.#openLine();
      let abandon = () => line.client.abandon();
      const fail = (error: HoldfastError) => {
        line.client.abandon();
        this.#lines.delete(line);
        handler.onEnd(abnormal(error));
      };
      if (this.#faults.isOffline) {
        const cancel = this.#clock.after(0, () => fail(new HoldfastError('offline', 'the page is told to be offline')));
        return () => {
          cancel();
          abandon();
        };
      }
      // As TCP does: to the server and back before the first byte.
      line.client.tell(() => {
        const isListening = this.#isUp && this.#faults.refusal !== 'refuse';
        if (isListening) this.#accept(line);
        line.server.tell(() => {
          if (!line.client.isWritable) return;
          if (isListening) abandon = shakeHands(line.client, { url, protocols, maxMessageBytes }, this.#clock, handler);
          else fail(new HoldfastError('connection-refused', 'nobody listens'));
        });
      });
      line.client.handler = {
        onData() {},
        onFinish() {},
        onBroken: () => handler.onEnd(lost('connection-lost', 'cut')),
      };
      return () => abandon();
    };
  }

  #openLine(): PageLine {
    const onWire = this.#options.onWire ?? (() => {});
    const line = new PageLine(++this.#lineCount, this.#clock, this.#faults, onWire);
    this.#lines.add(line);
    return line;
  }

  #accept(line: PageLine): void {
    acceptLine(line.server, {
      clock: this.#clock,
      rooms: this.#rooms,
      refusal: () => (this.#faults.refusal === 'refuse' ? undefined : this.#faults.refusal),
      onOpen: (connection) => {
        this.#connections.add(connection);
        this.#pingAll();
      },
      onEnd: (connection) => {
        if (connection) this.#connections.delete(connection);
        this.#lines.delete(line);
      },
    });
  }

  /** Pings all, again and again as long as there are any. */
  #pingAll(): void {
    if (this.#cancelPings) return;
    this.#cancelPings = this.#clock.after(this.#options.pingIntervalMs ?? 15_000, () => {
      this.#cancelPings = undefined;
      for (const connection of this.#connections) if (!connection.ask()) connection.terminate();
      if (this.#connections.size > 0) this.#pingAll();
    });
  }

  /** What page signals do for a native WebSocket. */
  #onNetwork(): void {
    for (const client of this.#clients) {
      if (client.state.name === 'open' || !this.#faults.isOffline) client.wake();
    }
  }

  #cut(): void {
    for (const line of [...this.#lines]) {
      this.#lines.delete(line);
      line.cut();
    }
  }
}
