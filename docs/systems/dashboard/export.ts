import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { InfluxExporter } from './influx-exporter.ts';

/** Where metrics go. */
export interface Destinations {
  /** The port on which Prometheus finds them under `/metrics`. */
  readonly metrics?: string | undefined;
  /** The address of an InfluxDB, such as `http://127.0.0.1:8086`: it gets them in the database `holdfast`. */
  readonly influx?: string | undefined;
}

/** How often InfluxDB is written to, in ms; Prometheus comes by itself. */
const writtenEveryMs = 1000;

/** A reader for each destination, for a MeterProvider. Throws on a port that is none and on an address that is none. */
export function createReaders({ metrics, influx }: Destinations): MetricReader[] {
  const readers: MetricReader[] = [];
  if (metrics !== undefined) {
    if (!/^[1-9]\d{0,4}$/.test(metrics) || Number(metrics) > 65_535) throw new Error(`--metrics ${metrics}: no port`);
    readers.push(new PrometheusExporter({ port: Number(metrics), host: '127.0.0.1' }));
  }
  if (influx !== undefined) {
    if (!/^https?:/.test(influx) || !URL.canParse(influx)) throw new Error(`--influx ${influx}: no address`);
    const exporter = new InfluxExporter(influx, 'holdfast');
    readers.push(new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: writtenEveryMs }));
  }
  return readers;
}
