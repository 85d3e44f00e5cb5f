import { parseArgs } from 'node:util';
import { parsePort } from './port.ts';
import { startDemoServer } from './server.ts';

const defaultPort = 8787;

const { values } = parseArgs({ options: { port: { type: 'string', default: String(defaultPort) } } });
const wanted = parsePort(values.port);
if (wanted === undefined) {
  console.error(`--port is ${JSON.stringify(values.port)}; it must be a number from 0 to 65535`);
  process.exit(2);
}

let isStopping = false;
const server = await startDemoServer(wanted);
if (wanted !== 0 && server.port !== wanted) console.log(`port ${wanted} is in use, so ${server.port} is taken`);
console.log(`demo server: ws://localhost:${server.port} with /echo, /chat and /push`);
// Started by another process: it learns the port, and when it dies this one ends too.
process.send?.({ port: server.port });
process.once('disconnect', () => void stop());
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await server.stop();
  process.exit(0);
}
