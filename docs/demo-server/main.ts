import { parseArgs } from 'node:util';
import type { MetricReader } from '@opentelemetry/sdk-metrics';
import { parsePort } from './port.ts';
import { startDemoServer } from './server.ts';

const defaultPort = 8787;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: String(defaultPort) },
    'line-port': { type: 'string', default: '0' },
    log: { type: 'string' },
    redis: { type: 'string' },
    ws: { type: 'boolean', default: false },
    metrics: { type: 'string' },
    influx: { type: 'string' },
  },
});
const wanted = portFrom('--port', values.port);
const linePort = portFrom('--line-port', values['line-port']);
const engine = values.ws ? 'ws' : 'holdfast';

let isStopping = false;
const server = await startDemoServer(wanted, {
  engine,
  linePort,
  redis: values.redis,
  metricReaders: await readersFrom(values),
  ...(values.log !== undefined && { logPath: values.log }),
}).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
if (wanted !== 0 && server.port !== wanted) console.log(`port ${wanted} is in use, so ${server.port} is taken`);
console.log(
  `demo server: ws://localhost:${server.port} with /echo, /chat and /push, on ${values.ws ? 'ws' : 'holdfast'}`,
);
// Started by another process: it learns the ports, and when it dies this one ends too.
process.send?.({ port: server.port, linePort: server.linePort });
process.once('disconnect', () => void stop());
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

async function readersFrom(destinations: { metrics?: string; influx?: string }): Promise<MetricReader[]> {
  if (destinations.metrics === undefined && destinations.influx === undefined) return [];
  try {
    const { createReaders } = await import('../systems/dashboard/export.ts');
    return await createReaders(destinations);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await server.stop();
  process.exit(0);
}

function portFrom(flag: string, text: string): number {
  const port = parsePort(text);
  if (port !== undefined) return port;
  console.error(`${flag} is ${JSON.stringify(text)}; it must be a number from 0 to 65535`);
  process.exit(2);
}
