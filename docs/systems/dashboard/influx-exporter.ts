import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { AggregationTemporality, type PushMetricExporter, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { formatLines } from './line-protocol.ts';

/** How long InfluxDB may take, in ms. */
const timeoutMs = 5000;

// #region exporter
/** Writes metrics into a database of InfluxDB, which is made where it is not there. */
export class InfluxExporter implements PushMetricExporter {
  readonly #url: URL;
  readonly #database: string;
  #isThere = false;

  /** `url`: where InfluxDB answers HTTP, such as `http://127.0.0.1:8086`. */
  constructor(url: string, database: string) {
    this.#url = new URL(url);
    this.#database = database;
  }

  export(metrics: ResourceMetrics, onDone: (result: ExportResult) => void): void {
    this.#write(formatLines(metrics)).then(
      () => onDone({ code: ExportResultCode.SUCCESS }),
      (error: Error) => onDone({ code: ExportResultCode.FAILED, error }),
    );
  }

  /** Totals: a point that is lost costs nothing but its moment. */
  selectAggregationTemporality(): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  async #write(lines: string): Promise<void> {
    if (lines === '') return;
    const { href } = new URL(`write?db=${encodeURIComponent(this.#database)}&precision=ns`, this.#url);
    if (!this.#isThere) await this.#create();
    await post(href, lines);
  }

  async #create(): Promise<void> {
    const name = `"${this.#database.replace(/[\\"]/g, '\\$&')}"`;
    await post(new URL('query', this.#url).href, new URLSearchParams({ q: `CREATE DATABASE ${name}` }));
    this.#isThere = true;
  }
}
// #endregion exporter

async function post(url: string, body: string | URLSearchParams): Promise<void> {
  const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
