import type { DropCause, HoldfastError, Uncertain } from '@holdfast/core/adapter';
import { type Attributes, type Meter, metrics } from '@opentelemetry/api';
import {
  beginCounts,
  createServerInstruments,
  dropCauseKey,
  received,
  sent,
  type ServerInstruments,
  stateKey,
} from './instruments.ts';
import type { Level } from './levels.ts';
import { onceAMeter } from './once-a-meter.ts';

/** What is measured of a connection: one of `@holdfast/node/server` is one as it is. */
export interface MeasurableConnection {
  readonly state: { readonly name: string };
  readonly bufferedBytes: number;
  on(type: 'latency', listener: (event: { readonly rttMs: number }) => unknown): () => void;
  on(type: 'dropped', listener: (event: { readonly cause: DropCause }) => unknown): () => void;
  on(type: 'disconnected', listener: (event: { readonly uncertain: Uncertain }) => unknown): () => void;
  on(type: 'open' | 'closed', listener: () => unknown): () => void;
}

/** What is measured of a server: one of `@holdfast/node/server` is one as it is. */
export interface MeasurableServer {
  observe(observer: {
    onConnection(connection: MeasurableConnection): unknown;
    onRefused(error: HoldfastError): unknown;
    onReceived(bytes: number): unknown;
    onSent(bytes: number): unknown;
  }): () => void;
}

/** How a server is measured. */
export interface InstrumentServerOptions {
  /** Default: the one of the global provider, which has to be set before. */
  readonly meter?: Meter;
  /** What tells this server from others, such as `{ 'http.route': '/live' }`. What is alike is added up. Default: none. */
  readonly attributes?: Attributes;
}

const states = ['open', 'away', 'closing'] as const;

const instrumentsOf = onceAMeter(createServerInstruments);

/**
 * Measures a server, from now on, as metrics of OpenTelemetry under `holdfast.server.`, all its connections together. Ends by
 * the function that it answers, which a server that is closed and let go needs not.
 */
export function instrumentServer(
  server: MeasurableServer,
  { meter = metrics.getMeter('@holdfast/otel'), attributes = {} }: InstrumentServerOptions = {},
): () => void {
  const instruments = instrumentsOf(meter);
  beginCounts(instruments, attributes);
  const connections = new Connections(instruments, attributes);
  const count = (bytes: number, direction: Attributes) => {
    instruments.messages.add(1, { ...attributes, ...direction });
    instruments.bytes.add(bytes, { ...attributes, ...direction });
  };
  let isBegun = false;
  const stopObserving = server.observe({
    onConnection(connection) {
      // Those that were open before were counted by who looked then.
      if (isBegun) instruments.handshakes.add(1, attributes);
      connections.add(connection);
    },
    onRefused: ({ code }) => instruments.handshakes.add(1, { ...attributes, 'error.type': code }),
    onReceived: (bytes) => count(bytes, received),
    onSent: (bytes) => count(bytes, sent),
  });
  isBegun = true;
  return () => {
    stopObserving();
    connections.leaveAll();
  };
}

/** The connections of a server that is measured. What is left of it when it is closed is nothing: none is open. */
class Connections {
  readonly #instruments: ServerInstruments;
  readonly #attributes: Attributes;
  readonly #ends = new Map<MeasurableConnection, readonly (() => void)[]>();
  #stopTelling: (() => void) | undefined;

  constructor(instruments: ServerInstruments, attributes: Attributes) {
    this.#instruments = instruments;
    this.#attributes = attributes;
    instruments.levels.know(this.#levels());
  }

  /** Listens to one until it is closed. */
  add(connection: MeasurableConnection): void {
    const { handshakes, roundTrips, dropped, reconnects, uncertain } = this.#instruments;
    const attributes = this.#attributes;
    this.#ends.set(connection, [
      connection.on('latency', ({ rttMs }) => roundTrips.record(rttMs / 1000, attributes)),
      connection.on('dropped', ({ cause }) => dropped.add(1, { ...attributes, [dropCauseKey]: cause })),
      connection.on('open', () => {
        handshakes.add(1, attributes);
        reconnects.add(1, attributes);
      }),
      connection.on('disconnected', (event) => uncertain.add(event.uncertain.messages, attributes)),
      connection.on('closed', () => this.#leave(connection)),
    ]);
    this.#stopTelling ??= this.#instruments.levels.add(() => this.#levels());
  }

  leaveAll(): void {
    for (const connection of this.#ends.keys()) this.#leave(connection);
  }

  /** With the last one nothing of the server is held any more. */
  #leave(connection: MeasurableConnection): void {
    for (const end of this.#ends.get(connection) ?? []) end();
    this.#ends.delete(connection);
    if (this.#ends.size > 0) return;
    this.#stopTelling?.();
    this.#stopTelling = undefined;
  }

  *#levels(): Generator<Level> {
    const { connections, buffered } = this.#instruments;
    const all = [...this.#ends.keys()];
    for (const name of states) {
      const count = all.filter(({ state }) => state.name === name).length;
      yield [connections, count, { ...this.#attributes, [stateKey]: name }];
    }
    const bytes = all.reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0);
    yield [buffered, bytes, this.#attributes];
  }
}
