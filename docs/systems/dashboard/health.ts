import type { Attributes } from '@opentelemetry/api';
import { type Histogram, type MetricData, MetricReader } from '@opentelemetry/sdk-metrics';

/** How one side is, from its metrics: what there is now, and what has been counted since it began. */
export interface Health {
  /** Connections, or clients, by state; those with none are left out. */
  readonly states: Readonly<Record<string, number>>;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly roundTrips: number;
  /** All round trips together, in ms. */
  readonly roundTripMs: number;
  readonly reconnects: number;
  readonly failed: number;
  readonly dropped: number;
  readonly uncertain: number;
  readonly bufferedBytes: number;
}

/** A reader of a meter provider like any exporter's, which is read when somebody asks. */
export class HealthReader extends MetricReader {
  /** The health of one side, of all that it measures there. */
  async read(side: 'client' | 'server'): Promise<Health> {
    const { resourceMetrics } = await this.collect();
    return healthOf(
      side,
      resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics),
    );
  }

  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

// #region health
function healthOf(side: string, metrics: readonly MetricData[]): Health {
  const points = (name: string) =>
    metrics.find(({ descriptor }) => descriptor.name === `holdfast.${side}.${name}`)?.dataPoints ?? [];
  const sum = (name: string, isMeant = (_attributes: Attributes) => true) =>
    points(name)
      .filter(({ attributes }) => isMeant(attributes))
      .reduce((all, { value }) => all + (value as number), 0);
  const going = (way: string) => (attributes: Attributes) => attributes['network.io.direction'] === way;
  const roundTrips = points('round_trip.duration').map(({ value }) => value as Histogram);
  return {
    states: statesOf(points('connection.count')),
    messagesIn: sum('messages', going('receive')),
    messagesOut: sum('messages', going('transmit')),
    bytesIn: sum('io', going('receive')),
    bytesOut: sum('io', going('transmit')),
    roundTrips: roundTrips.reduce((all, { count }) => all + count, 0),
    roundTripMs: roundTrips.reduce((all, { sum: seconds = 0 }) => all + seconds * 1000, 0),
    reconnects: sum('reconnects'),
    failed: sum('handshakes', (attributes) => 'error.type' in attributes),
    dropped: sum('dropped'),
    uncertain: sum('uncertain'),
    bufferedBytes: sum('buffered'),
  };
}
// #endregion health

const counts = [
  'messagesIn',
  'messagesOut',
  'bytesIn',
  'bytesOut',
  'roundTrips',
  'roundTripMs',
  'reconnects',
  'failed',
  'dropped',
  'uncertain',
  'bufferedBytes',
] as const satisfies readonly (keyof Health)[];

/** The health that a message tells, or `undefined` where it tells none. */
export function parseHealth(data: string | Uint8Array): Health | undefined {
  try {
    const health = JSON.parse(String(data)) as Record<string, unknown> | null;
    const isHealth = counts.every((name) => typeof health?.[name] === 'number') && typeof health?.states === 'object';
    return isHealth ? (health as unknown as Health) : undefined;
  } catch {
    return undefined;
  }
}

function statesOf(points: MetricData['dataPoints']): Record<string, number> {
  const states: Record<string, number> = {};
  for (const { attributes, value } of points) {
    const name = String(attributes['holdfast.connection.state']);
    if (value !== 0) states[name] = (states[name] ?? 0) + (value as number);
  }
  return states;
}
