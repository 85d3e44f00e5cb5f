// The types as a stranger's compiler reads them.
import { instrument, type InstrumentOptions, instrumentServer, type MeasurableServer } from '@holdfast/otel';
import type { Meter } from '@opentelemetry/api';
import { connect, type Message, type Outgoing } from 'holdfast';

export function measure(url: string, meter: Meter): () => void {
  const options: InstrumentOptions<Message, Outgoing> = { meter, attributes: { 'server.address': 'example.org' } };
  return instrument(connect(url), options);
}

/** A project of pages has no types of Node, and needs none. */
export function measureServer(server: MeasurableServer): () => void {
  return instrumentServer(server);
}
