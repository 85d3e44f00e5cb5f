// The product on one URL: builds what is needed, then serves the site beside the demo server. `npm start`.
import { parseArgs } from 'node:util';
import { parsePort } from '../docs/demo-server/port.ts';
import { serveSite } from '../docs/site-server/serve-site.ts';
import { house } from './house.ts';
import { runTool } from './run-tool.ts';
import { buildSite } from './start/build-site.ts';
import { DemoChild } from './start/demo-child.ts';
import { commandHelp, readCommands } from './start/demo-commands.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    'demo-port': { type: 'string', default: '8787' },
    ws: { type: 'boolean', default: false },
    redis: { type: 'string' },
    metrics: { type: 'string' },
    influx: { type: 'string' },
  },
});

const wantedPort = portFrom('--port', values.port);
const wantedDemoPort = portFrom('--demo-port', values['demo-port']);
const { metrics, influx, redis } = values;
const chatFlags = [...(values.ws ? ['--ws'] : []), ...(redis === undefined ? [] : ['--redis', redis])];
const demoFlags = [
  ...chatFlags,
  ...(metrics === undefined ? [] : ['--metrics', metrics]),
  ...(influx === undefined ? [] : ['--influx', influx]),
];
const demo = new DemoChild(wantedDemoPort, demoFlags, (how) =>
  say(`demo server died (${how}); type demo to start it again`),
);
/** Where processes share the chat: one more, to which its members go when the first one ends. */
const second =
  redis === undefined
    ? undefined
    : new DemoChild(wantedDemoPort && wantedDemoPort + 1, chatFlags, (how) => say(`second demo server died (${how})`));

let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('exit', () => [demo, second].forEach((child) => child?.kill()));

try {
  await step('packages', buildPackages);
  await step('site', buildSite);
  await step('demo server', async () => {
    await demo.start();
    return `${portLine(wantedDemoPort, demo.ports.port)}, on ${values.ws ? 'ws' : 'holdfast'}, process ${demo.pid}`;
  });
  await second?.start();
  if (second) say(`second demo server: port ${second.ports.port}, process ${second.pid}; both have one chat`);
  const site = await serveSite(wantedPort, () => ({
    ...demo.ports,
    others: second ? [second.ports.port] : [],
    delivers: !values.ws,
  }));
  say(`site: ${portLine(wantedPort, site.port)}`);
  readCommands(process.stdin, demo, say);
  showUrl(site.port);
} catch (error) {
  if (!isEnding) console.error(error instanceof Error ? error.message : error);
  await end(1);
}

function portFrom(flag: string, text: string): number {
  const port = parsePort(text);
  if (port !== undefined) return port;
  console.error(`${flag} is ${JSON.stringify(text)}; it must be a number from 0 to 65535`);
  process.exit(2);
}

async function step(name: string, work: () => Promise<string>): Promise<void> {
  say(`${name} …`);
  const startedMs = performance.now();
  const outcome = await work();
  say(`${name}: ${outcome} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
}

async function buildPackages(): Promise<string> {
  const { status, output } = await runTool(house, 'tsx', ['scripts/build.ts']);
  if (status !== 0) throw new Error(output);
  return output;
}

function portLine(wanted: number, taken: number): string {
  return wanted === 0 || wanted === taken ? `port ${taken}` : `port ${wanted} is in use, so port ${taken}`;
}

function showUrl(port: number): void {
  const commands = commandHelp.map(([command, effect]) => `    ${command.padEnd(8)} ${effect}`);
  say(`
  Open  http://localhost:${port}/playground

  There: talk to a server, see each byte that travels, break the line. Type here, with Enter:
${commands.join('\n')}
    Ctrl-C   ends everything
`);
}

function say(line: string): void {
  console.log(line);
}

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await Promise.all([demo.stop(), second?.stop()]);
  process.exit(code);
}
