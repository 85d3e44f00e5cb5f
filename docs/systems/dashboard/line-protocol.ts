import type { Attributes, HrTime } from '@opentelemetry/api';
import type { Histogram, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';

type Point = MetricData['dataPoints'][number];

/**
 * Metrics as InfluxDB takes them: a line for each point, with the metric for a measurement, its attributes for tags and a time
 * in ns, as `holdfast.client.messages,network.io.direction=receive value=12 1700000000000000000`.
 */
export function formatLines({ scopeMetrics }: ResourceMetrics): string {
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
  return metrics
    .flatMap(({ descriptor: { name }, dataPoints }) => dataPoints.map((point) => formatLine(name, point)))
    .join('\n');
}

function formatLine(name: string, { attributes, value, endTime }: Point): string {
  return `${escape(name)}${formatTags(attributes)} ${formatFields(value)} ${nanoseconds(endTime)}`;
}

/** Tags in the order of their names, as the database would sort them; one without a value is none. */
function formatTags(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([key, value]) => [key, String(value ?? '')] as const)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `,${escape(key)}=${escape(value)}`)
    .join('');
}

function formatFields(value: Point['value']): string {
  if (typeof value === 'number') return `value=${value}`;
  const { count, sum = 0, min = 0, max = 0 } = value as Histogram;
  return `count=${count},sum=${sum},min=${min},max=${max}`;
}

/** A line's end would begin another point, and a backslash would escape what follows: neither can be escaped itself. */
function escape(text: string): string {
  return text
    .replace(/[\r\n]/g, ' ')
    .replaceAll('\\', '/')
    .replace(/[,= ]/g, '\\$&');
}

/** More digits than a number has. */
function nanoseconds([seconds, rest]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}
