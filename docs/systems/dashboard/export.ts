import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
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

/** A reader for each destination, for a MeterProvider. Rejects where one is wrong, or the port is taken. */
export async function createReaders({ metrics, influx }: Destinations): Promise<MetricReader[]> {
  const readers: MetricReader[] = [];
  if (metrics !== undefined) {
    if (!/^[1-9]\d{0,4}$/.test(metrics) || Number(metrics) > 65_535) throw new Error(`--metrics ${metrics}: no port`);
    const exporter = new PrometheusExporter({ port: Number(metrics), host: '127.0.0.1', preventServerStart: true });
    await exporter.startServer();
    readers.push(exporter);
  }
  if (influx !== undefined) {
    if (!/^https?:/.test(influx) || !URL.canParse(influx)) throw new Error(`--influx ${influx}: no address`);
    // An InfluxDB that does not answer is told, and tried again with what is so then.
    diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    const exporter = new InfluxExporter(influx, 'holdfast');
    readers.push(new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: writtenEveryMs }));
  }
  return readers;
}
