import type { Server } from '@holdfast/node/server';
import { instrumentServer } from '@holdfast/otel';
import { MeterProvider, type MetricReader } from '@opentelemetry/sdk-metrics';
import type { Room } from '../../demo-server/room.ts';
import { HealthReader } from './health.ts';

/** How often who listens is told, in ms. */
const toldEveryMs = 1000;

/** The health of a demo server: measured once, told to pages by `/health`, and to whatever `readers` export to. */
export class ServerHealth {
  /** `/health`: how all rooms of the server are, as JSON, at once and every second. */
  readonly room: Room = { maxMessageBytes: 2 ** 10, maxUnreadBytes: 2 ** 20, join: (peer) => this.#tell(peer) };
  readonly #reader = new HealthReader();
  readonly #provider: MeterProvider;

  constructor(readers: readonly MetricReader[]) {
    this.#provider = new MeterProvider({ readers: [this.#reader, ...readers] });
  }

  // #region server
  /** Measures the server of a room. */
  measure(server: Server, path: string): void {
    instrumentServer(server, { meter: this.#provider.getMeter('demo-server'), attributes: { 'http.route': path } });
  }

  #tell(peer: Parameters<Room['join']>[0]): void {
    const tell = () =>
      this.#reader.read('server').then(
        (health) => peer.send(JSON.stringify(health)),
        () => peer.close(1011),
      );
    void tell();
    const timer = setInterval(() => void tell(), toldEveryMs);
    peer.on('closed', () => clearInterval(timer));
  }
  // #endregion server

  /** Exports what is left, and ends the exporters. */
  async stop(): Promise<void> {
    await this.#provider.shutdown();
  }
}
