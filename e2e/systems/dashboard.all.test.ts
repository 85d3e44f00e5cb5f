import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '@holdfast/node';
import { instrument } from '@holdfast/otel';
import type { Attributes } from '@opentelemetry/api';
import { MeterProvider, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { createReaders } from '../../docs/systems/dashboard/export.ts';
import { HealthReader } from '../../docs/systems/dashboard/health.ts';
import { InfluxExporter } from '../../docs/systems/dashboard/influx-exporter.ts';
import { startFamily } from '../browser/family.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { findFreePort } from '../servers/listen.ts';
import { startStallProxy } from '../servers/stall-proxy.ts';
import { findInflux, type Influx, startInflux } from './dashboard/influx.ts';
import { findPrometheus, type Prometheus, startPrometheus } from './dashboard/prometheus.ts';

/** Long enough for a machine that has much else to do. */
const limitMs = 40_000;

const programs = [
  ['prometheus', findPrometheus(), 'prometheus'],
  ['influxd', findInflux(), 'influxdb'],
] as const;
const missing = programs.filter(([, path]) => path === undefined);

for (const [name, , debian] of missing)
  testMissing('a client and a server, measured', `There is no ${name} on this machine; Debian has it in ${debian}.`);

test.each([
  [{ metrics: '0' }, '--metrics 0: no port'],
  [{ metrics: '65536' }, '--metrics 65536: no port'],
  [{ metrics: 'many' }, '--metrics many: no port'],
  [{ influx: 'localhost:8086' }, '--influx localhost:8086: no address'],
])('wrong flags are told: %o', async (flags, message) => {
  await expect(createReaders(flags)).rejects.toThrow(message);
});

test('a port that is taken is told', async () => {
  const metrics = String(await findFreePort());
  const [holder] = await createReaders({ metrics });
  await expect(createReaders({ metrics })).rejects.toThrow('EADDRINUSE');
  await holder?.shutdown();
});

describe.runIf(missing.length === 0)('a client and a server, measured', () => {
  let prometheus: Prometheus;
  let influx: Influx;
  let demo: DemoServer;
  let truth: Awaited<ReturnType<typeof live>>;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    influx = await startInflux(programs[1][1] ?? '');
    ends.push(() => influx.stop());
    const ports = [await findFreePort(), await findFreePort()] as const;
    prometheus = await startPrometheus(programs[0][1] ?? '', ports);
    ends.push(() => prometheus.stop());
    const readersOf = (port: number) => createReaders({ metrics: String(port), influx: influx.url });
    demo = await startDemoServer(0, { metricReaders: await readersOf(ports[0]), pingIntervalMs: 500 });
    ends.push(() => demo.stop());
    const provider = new MeterProvider({ readers: await readersOf(ports[1]) });
    ends.push(() => provider.shutdown());
    truth = await live(demo.port, provider);
    ends.push(() => truth.client.close());
  });
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  /** Numbers that both sides have to tell: the metric, by which attributes, and what is true. */
  const rows: readonly [metric: string, attributes: Readonly<Record<string, string>>, isTrue: () => number][] = [
    ['client.connection.count', { 'holdfast.connection.state': 'open' }, () => 1],
    ['client.connection.count', { 'holdfast.connection.state': 'waiting' }, () => 0],
    ['client.messages', { 'network.io.direction': 'transmit' }, () => truth.sent.messages],
    ['client.messages', { 'network.io.direction': 'receive' }, () => truth.heard.messages],
    ['client.io', { 'network.io.direction': 'transmit' }, () => truth.sent.bytes],
    ['client.io', { 'network.io.direction': 'receive' }, () => truth.heard.bytes],
    ['client.reconnects', {}, () => 1],
    ['client.handshakes', {}, () => 2 + truth.refused],
    ['client.handshakes', { 'error.type': 'connection-refused' }, () => truth.refused],
    ['client.dropped', { 'holdfast.drop.cause': 'replaced' }, () => 1],
    ['client.uncertain', {}, () => truth.uncertain],
    ['client.outbox.count', {}, () => 0],
    ['client.buffered', {}, () => 0],
    ['server.connection.count', { 'holdfast.connection.state': 'open', 'http.route': '/echo' }, () => 1],
    ['server.messages', { 'network.io.direction': 'receive', 'http.route': '/echo' }, () => truth.heard.messages],
    ['server.messages', { 'network.io.direction': 'transmit', 'http.route': '/echo' }, () => truth.heard.messages],
    ['server.io', { 'network.io.direction': 'receive', 'http.route': '/echo' }, () => truth.heard.bytes],
    ['server.handshakes', { 'http.route': '/echo' }, () => 3],
    ['server.handshakes', { 'http.route': '/echo', 'error.type': 'handshake-refused' }, () => 1],
  ];
  const shown = rows.map(
    ([metric, attributes, isTrue]) => [metric, JSON.stringify(attributes), attributes, isTrue] as const,
  );

  test.each(shown)('prometheus has %s %s', async (metric, _shown, attributes, isTrue) => {
    const labels = Object.entries(attributes).map(([key, value]) => `${underscored(key)}="${value}"`);
    const name = `{__name__=~"holdfast_${underscored(metric)}(_total)?",${labels.join()}}`;
    await expect.poll(() => prometheus.query(`sum(${name})`), { timeout: limitMs, interval: 200 }).toEqual([isTrue()]);
  });

  test.each(shown)('InfluxDB has %s %s', async (metric, _shown, attributes, isTrue) => {
    const tags = Object.entries(attributes).map(([key, value]) => `"${key}"='${value}'`);
    const where = tags.length > 0 ? `WHERE ${tags.join(' AND ')}` : '';
    const text = `SELECT last("value") FROM "holdfast.${metric}" ${where} GROUP BY *`;
    const total = async () => (await influx.query(text)).reduce((sum, value) => sum + value, 0);
    await expect.poll(total, { timeout: limitMs, interval: 200 }).toBe(isTrue());
    expect(await influx.query(text)).not.toEqual([]);
  });

  test('both have the round trips', async () => {
    const name = 'holdfast_client_round_trip_duration';
    await expect.poll(() => prometheus.query(`${name}_count`), { timeout: limitMs }).toEqual([truth.rttsMs.length]);
    const [seconds = 0] = await prometheus.query(`${name}_sum`);
    expect(seconds * 1000).toBeCloseTo(
      truth.rttsMs.reduce((sum, ms) => sum + ms, 0),
      6,
    );
    const most = () => influx.query('SELECT last("max") FROM "holdfast.client.round_trip.duration"');
    await expect.poll(most, { timeout: limitMs }).toEqual([Math.max(...truth.rttsMs) / 1000]);
  });

  test('attributes reach InfluxDB whatever stands in them', async () => {
    const metrics = await oneCount('odd.name', { 'a b,c=d': 'größe, "x" = y z', 'ends/': 'two\nlines\\', none: '' });
    expect(await exportTo(influx.url, metrics)).toEqual({ code: 0 });
    expect(await influx.rows('SELECT last("value") FROM "odd.name" GROUP BY *')).toEqual([
      { tags: { 'a b,c=d': 'größe, "x" = y z', 'ends/': 'two lines/' }, value: 3 },
    ]);
  });

  test('an InfluxDB that is not there is told, and so is one that refuses', async () => {
    const metrics = await oneCount('lost', {});
    const nowhere = `http://127.0.0.1:${await findFreePort()}`;
    expect(await exportTo(nowhere, metrics)).toMatchObject({ code: 1, error: { message: 'fetch failed' } });
    expect(await exportTo(`${influx.url}/nothing/`, metrics)).toMatchObject({
      code: 1,
      error: { message: expect.stringContaining('/nothing/query answered 404') },
    });
  });

  test('the client of the page runs, and is measured', async () => {
    const program = fileURLToPath(new URL('../../docs/systems/dashboard/client.ts', import.meta.url));
    const port = await findFreePort();
    const flags = ['--metrics', String(port), '--influx', influx.url, '--every', '20'];
    const echo = `ws://127.0.0.1:${demo.port}/echo`;
    const family = startFamily([process.execPath, '--import', import.meta.resolve('tsx'), program, echo, ...flags]);
    ends.push(() => family.end());
    expect(await family.firstLine).toBe('open 1');
    const page = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const echoed = /holdfast_client_messages_total\{[^}]*network_io_direction="receive"[^}]*\} [1-9]/;
    await expect.poll(page, { timeout: limitMs }).toMatch(echoed);
  });

  test('Prometheus saw each metric of the Grafana dashboard, and answers its queries', async () => {
    const text = await readFile(new URL('../../docs/public/holdfast-grafana.json', import.meta.url), 'utf8');
    const { panels } = JSON.parse(text) as { panels: { targets?: { expr: string }[] }[] };
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const names = new Set(queries.flatMap((query) => query.match(/holdfast_\w+(?=\{)/g) ?? []));
    expect(names.size).toBeGreaterThan(15);
    const unseen = async () => {
      const seen = await prometheus.names();
      return [...names].filter((name) => !seen.includes(name));
    };
    await expect.poll(unseen, { timeout: limitMs }).toEqual([]);
    for (const query of queries) {
      const filled = query.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '1m');
      expect(filled).not.toContain('$');
      await expect.poll(() => prometheus.query(filled), { timeout: limitMs, message: filled }).not.toEqual([]);
    }
  });
});

/** A client's life: it sends, is echoed, loses its line once, finds nobody, sends meanwhile, and comes back; a stranger is refused. */
async function live(port: number, provider: MeterProvider) {
  const proxy = await startStallProxy(port, () => {});
  const sent = { messages: 0, bytes: 0 };
  const heard = { messages: 0, bytes: 0 };
  const rttsMs: number[] = [];
  const seen = { uncertain: 0, refused: 0 };
  const client = connect(`ws://127.0.0.1:${proxy.port}/echo`, {
    reconnect: { minDelayMs: 50, maxDelayMs: 200 },
    heartbeat: false,
  });
  instrument(client, { meter: provider.getMeter('test'), attributes: { 'server.address': 'localhost' } });
  const send = (message: string | Uint8Array, options: object = {}) => {
    client.send(message, options);
    sent.messages += 1;
    sent.bytes += Buffer.byteLength(message);
  };
  client.on('message', ({ data }) => {
    heard.messages += 1;
    heard.bytes += Buffer.byteLength(data);
  });
  client.on('disconnected', ({ uncertain }) => {
    seen.uncertain += uncertain.messages;
  });
  const ping = async (times: number) => {
    for (let count = 0; count < times; count++) rttsMs.push(await client.ping());
  };
  const allHeard = (count: number) =>
    new Promise<void>((resolve) => {
      const off: () => void = client.on('message', () => {
        if (heard.messages !== count) return;
        off();
        resolve();
      });
    });

  await client.once('open');
  const first = allHeard(40);
  for (let at = 1; at <= 40; at++) send(at % 2 ? `größer ${at}` : new Uint8Array(at));
  await first;
  await ping(3);
  const unproven = allHeard(41);
  send('after the last proof');
  await unproven;
  const lost = client.once('disconnected');
  proxy.kill();
  await lost;
  client.on('disconnected', () => {
    seen.refused += 1;
  });
  send('replaced', { key: 'state' });
  send('kept', { key: 'state' });
  await client.once('disconnected');
  const kept = allHeard(42);
  await proxy.startAgain();
  await kept;
  const last = allHeard(50);
  for (let at = 1; at <= 8; at++) send('x'.repeat(1000));
  await last;
  await ping(2);
  const stranger = connect(`ws://127.0.0.1:${port}/echo`, { origin: 'https://example.org', reconnect: false });
  await stranger.once('closed');
  return { client, sent, heard, rttsMs, ...seen };
}

/** What an exporter is given of a counter that counted to 3 under these attributes. */
async function oneCount(name: string, attributes: Attributes): Promise<ResourceMetrics> {
  const reader = new HealthReader();
  new MeterProvider({ readers: [reader] }).getMeter('test').createCounter(name).add(3, attributes);
  return (await reader.collect()).resourceMetrics;
}

function exportTo(url: string, metrics: ResourceMetrics) {
  return new Promise((resolve) => new InfluxExporter(url, 'holdfast').export(metrics, resolve));
}

function underscored(name: string): string {
  return name.replaceAll('.', '_');
}
