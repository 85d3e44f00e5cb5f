import type { Attributes, Counter, Histogram, Meter, ObservableUpDownCounter } from '@opentelemetry/api';
import { Levels } from './levels.ts';

/** Attributes of which OpenTelemetry's semantic conventions have no better. */
export const stateKey = 'holdfast.connection.state';
export const dropCauseKey = 'holdfast.drop.cause';

/** The directions in which a message travels, by `network.io.direction` of the semantic conventions. */
export const received = { 'network.io.direction': 'receive' } as const;
export const sent = { 'network.io.direction': 'transmit' } as const;

/** The bounds of round trips, in s: from within a machine to where a heartbeat gives up. */
const roundTripBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the two sides of a line have in common. */
export interface Instruments {
  readonly connections: ObservableUpDownCounter;
  readonly buffered: ObservableUpDownCounter;
  readonly roundTrips: Histogram;
  readonly messages: Counter;
  readonly bytes: Counter;
  readonly reconnects: Counter;
  readonly handshakes: Counter;
  readonly dropped: Counter;
  readonly uncertain: Counter;
}

/** The instruments of one side: names and units as the semantic conventions would have them. */
function createInstruments(meter: Meter, side: 'client' | 'server'): Instruments {
  const name = (rest: string) => `holdfast.${side}.${rest}`;
  const counter = (rest: string, unit: string, description: string) =>
    meter.createCounter(name(rest), { unit, description });
  const level = (rest: string, unit: string, description: string) =>
    meter.createObservableUpDownCounter(name(rest), { unit, description });
  return {
    connections: level('connection.count', '{connection}', 'Connections by the state that they are in.'),
    buffered: level('buffered', 'By', 'What waits for the peer, in the queue and in the transport.'),
    roundTrips: meter.createHistogram(name('round_trip.duration'), {
      unit: 's',
      description: 'Round trips, as heartbeats and pings measure them.',
      advice: { explicitBucketBoundaries: roundTripBounds },
    }),
    messages: counter('messages', '{message}', 'Messages of the app: those that arrived, and those that `send` took.'),
    bytes: counter('io', 'By', 'The payloads of these messages, before compression.'),
    reconnects: counter('reconnects', '{reconnect}', 'Lines that followed one that was lost.'),
    handshakes: counter(
      'handshakes',
      '{handshake}',
      'Dials and their handshakes; error.type says why one came to nothing.',
    ),
    dropped: counter('dropped', '{message}', 'Messages that were given up after `send` took them.'),
    uncertain: counter('uncertain', '{message}', 'Messages of which a lost line leaves open whether they arrived.'),
  };
}

/** Tells 0 of what can be counted: a counter that is first seen with its first count has grown by nothing, to who reads rates. */
export function beginCounts(instruments: Instruments, attributes: Attributes): void {
  for (const direction of [received, sent]) {
    for (const counter of [instruments.messages, instruments.bytes]) counter.add(0, { ...attributes, ...direction });
  }
  for (const counter of [instruments.handshakes, instruments.reconnects, instruments.uncertain]) {
    counter.add(0, attributes);
  }
}

/** The instruments of clients, and what is there now of all of them. */
export interface ClientInstruments extends Instruments {
  /** Messages that wait for a line. */
  readonly outbox: ObservableUpDownCounter;
  readonly levels: Levels;
}

/** What clients are measured with. */
export function createClientInstruments(meter: Meter): ClientInstruments {
  const common = createInstruments(meter, 'client');
  const outbox = meter.createObservableUpDownCounter('holdfast.client.outbox.count', {
    unit: '{message}',
    description: 'Messages that wait for a line that takes them.',
  });
  return { ...common, outbox, levels: new Levels(meter, [common.connections, common.buffered, outbox]) };
}

/** The instruments of servers, and what is there now at all of them. */
export interface ServerInstruments extends Instruments {
  readonly levels: Levels;
}

/** What servers are measured with. */
export function createServerInstruments(meter: Meter): ServerInstruments {
  const common = createInstruments(meter, 'server');
  return { ...common, levels: new Levels(meter, [common.connections, common.buffered]) };
}
