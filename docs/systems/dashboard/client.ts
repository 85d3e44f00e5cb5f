// A client that sends a message a second and is measured: `npx tsx docs/systems/dashboard/client.ts ws://127.0.0.1:8787/echo`.
import { parseArgs } from 'node:util';
import { connect } from '@holdfast/node';
import { instrument } from '@holdfast/otel';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { createReaders } from './export.ts';

const { values, positionals } = parseArgs({
  options: { metrics: { type: 'string' }, influx: { type: 'string' }, every: { type: 'string', default: '1000' } },
  allowPositionals: true,
});
const [url = 'ws://127.0.0.1:8787/echo'] = positionals;

const provider = new MeterProvider({ readers: await createReaders(values) });
const client = connect(url, { heartbeat: { intervalMs: 1000, timeoutMs: 5000 } });
instrument(client, {
  meter: provider.getMeter('dashboard-client'),
  attributes: { 'server.address': new URL(url).hostname },
});
client.on('disconnected', ({ code, willReconnect }) => console.log('disconnected', code, willReconnect));
client.on('open', ({ attempt }) => console.log('open', attempt));

const timer = setInterval(() => client.send(new Date().toISOString()), Number(values.every));
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  clearInterval(timer);
  await client.close();
  await provider.shutdown();
}
