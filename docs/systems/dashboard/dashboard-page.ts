import { type Client, connect } from '@holdfast/web';
import { instrument } from '@holdfast/otel';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { reactive } from 'vue';
import { HealthReader, parseHealth } from './health.ts';
import { addHealth, emptySeries, type HealthSeries } from './health-series.ts';

/** How often the page looks at its own client, in ms. */
const lookEveryMs = 1000;

const probe = 'probe';

/** What the page shows: the health of each side over the last minute. */
export interface DashboardView {
  readonly client: HealthSeries;
  readonly server: HealthSeries;
}

/** The life of the page: a client that is measured, and another one that hears how the server is. */
export class DashboardPage {
  readonly view: DashboardView = reactive({ client: emptySeries(), server: emptySeries() });
  readonly #reader = new HealthReader();
  readonly #provider = new MeterProvider({ readers: [this.#reader] });
  readonly #measured: Client;
  readonly #watcher: Client;
  readonly #look = setInterval(() => void this.#lookAtClient(), lookEveryMs);
  #talk: ReturnType<typeof setInterval> | undefined;
  #count = 0;

  constructor(server: string) {
    this.#measured = this.#connect(server);
    this.#watcher = connect(`${server}/health`, { reconnect: { minDelayMs: 400, maxDelayMs: 4000 } });
    this.#watcher.on('message', ({ data }) => {
      const health = parseHealth(data);
      if (health) addHealth(this.view.server, health, performance.now());
    });
    void this.#lookAtClient();
  }

  /** Sends so many messages a second; 0 for none. */
  setRate(aSecond: number): void {
    clearInterval(this.#talk);
    if (aSecond > 0) this.#talk = setInterval(() => this.#measured.send(`message ${++this.#count}`), 1000 / aSecond);
  }

  /** Drops the line without a word to anybody: the client comes back. */
  dropLine(): void {
    this.#measured.reconnect();
  }

  dispose(): void {
    clearInterval(this.#look);
    clearInterval(this.#talk);
    for (const client of [this.#measured, this.#watcher]) client.close().catch(() => undefined);
    void this.#provider.shutdown();
  }

  // #region client
  #connect(server: string): Client {
    const client = connect(`${server}/echo`, {
      reconnect: { minDelayMs: 400, maxDelayMs: 4000 },
      // A page cannot ping: the room sends back what it is sent, so this is a round trip.
      heartbeat: { intervalMs: 1000, timeoutMs: 5000, probe: { message: probe, isReply: (data) => data === probe } },
    });
    instrument(client, { meter: this.#provider.getMeter('dashboard') });
    return client;
  }

  async #lookAtClient(): Promise<void> {
    addHealth(this.view.client, await this.#reader.read('client'), performance.now());
  }
  // #endregion client
}
