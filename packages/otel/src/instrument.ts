import type { Client, ClientState, DisconnectedEvent } from '@holdfast/core/adapter';
import { type Attributes, type Meter, metrics } from '@opentelemetry/api';
import { byteLength } from './byte-length.ts';
import {
  type ClientInstruments,
  beginCounts,
  createClientInstruments,
  dropCauseKey,
  received,
  sent,
  stateKey,
} from './instruments.ts';
import type { Level } from './levels.ts';
import { onceAMeter } from './once-a-meter.ts';
import { watchSends } from './watch-sends.ts';

/** How a client is measured. */
export interface InstrumentOptions<In, Out> {
  /** Default: the one of the global provider, which has to be set before. */
  readonly meter?: Meter;
  /** What tells this client from others, such as `{ 'server.address': 'example.org' }`. What is alike is added up. Default: none. */
  readonly attributes?: Attributes;
  /** How many bytes a message is on the wire, for a client with a codec. Default: of text and bytes their length, 0 of all else. */
  readonly sizeOf?: (message: In | Out) => number;
}

/** A client that is closed is none any more. */
const states = ['connecting', 'open', 'waiting', 'closing'] as const satisfies readonly ClientState['name'][];

const instrumentsOf = onceAMeter(createClientInstruments);

/**
 * Measures a client, from now on, as metrics of OpenTelemetry under `holdfast.client.`. Ends when the client is closed, or by
 * the function that it answers.
 */
export function instrument<In, Out>(
  client: Client<In, Out>,
  {
    meter = metrics.getMeter('@holdfast/otel'),
    attributes = {},
    sizeOf = byteLength,
  }: InstrumentOptions<NoInfer<In>, NoInfer<Out>> = {},
): () => void {
  if (client.state.name === 'closed') return () => {};
  const instruments = instrumentsOf(meter);
  beginCounts(instruments, attributes);
  let waiting = 0;
  const count = (message: In | Out, direction: Attributes) => {
    instruments.messages.add(1, { ...attributes, ...direction });
    instruments.bytes.add(sizeOf(message), { ...attributes, ...direction });
  };
  const ends = [
    watchSends(client, {
      onSent: (message) => count(message, sent),
      onWaiting(change) {
        waiting += change;
      },
    }),
    instruments.levels.add(() => levelsOf(client, instruments, attributes, waiting)),
    client.on('message', ({ data }) => count(data, received)),
    client.on('latency', ({ rttMs }) => instruments.roundTrips.record(rttMs / 1000, attributes)),
    client.on('dropped', ({ cause }) => instruments.dropped.add(1, { ...attributes, [dropCauseKey]: cause })),
    ...watchLines(client, instruments, attributes),
    client.on('closed', () => stop()),
  ];
  const stop = () => {
    for (const end of ends.splice(0)) end();
  };
  return stop;
}

/** Counts the dials and what became of them. */
function watchLines<In, Out>(
  client: Client<In, Out>,
  { handshakes, reconnects, uncertain }: ClientInstruments,
  attributes: Attributes,
): (() => void)[] {
  let isOpen = client.state.name === 'open';
  let wasOpen = isOpen;
  return [
    client.on('open', () => {
      handshakes.add(1, attributes);
      if (wasOpen) reconnects.add(1, attributes);
      isOpen = wasOpen = true;
    }),
    client.on('disconnected', (event) => {
      if (!isOpen) handshakes.add(1, { ...attributes, 'error.type': errorTypeOf(event) });
      uncertain.add(event.uncertain.messages, attributes);
      isOpen = false;
    }),
  ];
}

function errorTypeOf({ error, code }: DisconnectedEvent): string {
  return error?.code ?? String(code);
}

function* levelsOf<In, Out>(
  { state, bufferedBytes }: Client<In, Out>,
  { connections, buffered, outbox }: ClientInstruments,
  attributes: Attributes,
  waiting: number,
): Generator<Level> {
  for (const name of states) yield [connections, name === state.name ? 1 : 0, { ...attributes, [stateKey]: name }];
  yield [buffered, bufferedBytes, attributes];
  yield [outbox, waiting, attributes];
}
