import type { Attributes, Meter } from '@opentelemetry/api';
import { type Histogram, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

/** A meter, and what it has measured. */
export interface Measured {
  readonly meter: Meter;
  /** By name and attributes, as `holdfast.client.messages{network.io.direction=receive}`: a number, or the sum and count of many. */
  read(): Promise<Readonly<Record<string, number | readonly [sum: number, count: number]>>>;
  /** By name, the unit. */
  units(): Promise<Readonly<Record<string, string>>>;
}

class TestReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

/** A meter of a real SDK, read when a test asks. */
export function createMeasured(): Measured {
  const reader = new TestReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  const collect = async () => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw errors[0];
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  };
  return {
    meter,
    async read() {
      const metrics = await collect();
      const all = metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => [`${descriptor.name}${format(attributes)}`, plain(value)] as const),
      );
      return Object.fromEntries(all);
    },
    async units() {
      return Object.fromEntries((await collect()).map(({ descriptor: { name, unit } }) => [name, unit]));
    },
  };
}

function format(attributes: Attributes): string {
  const pairs = Object.entries(attributes).map(([key, value]) => `${key}=${String(value)}`);
  return pairs.length > 0 ? `{${pairs.sort().join()}}` : '';
}

function plain(value: unknown): number | readonly [number, number] {
  if (typeof value === 'number') return value;
  const { sum = 0, count } = value as Histogram;
  return [sum, count];
}
