import { connect } from '@holdfast/node';
import { delivery } from '@holdfast/node/delivery';
import { type Connection, serve, type ServeOptions } from '@holdfast/node/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { instrument } from './instrument.ts';
import { instrumentServer } from './instrument-server.ts';
import { createMeasured } from './measured.test-helper.ts';

const name = (rest: string) => `holdfast.server.${rest}`;
const state = (of: string) => `${name('connection.count')}{holdfast.connection.state=${of}}`;
const transmitted = '{network.io.direction=transmit}';
const arrived = '{network.io.direction=receive}';

const running: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

const echo = (connection: Connection) => connection.on('message', ({ data }) => connection.send(data));

async function start(options: Partial<ServeOptions> = {}) {
  const measured = createMeasured();
  const server = await serve({ port: 0, host: '127.0.0.1', closeTimeoutMs: 200, ...options } as ServeOptions, echo);
  running.push(() => server.close());
  const stop = instrumentServer(server, { meter: measured.meter });
  const open = async (more: object = {}) => {
    const client = connect(`ws://127.0.0.1:${server.port}/`, { reconnect: { minDelayMs: 1, maxDelayMs: 10 }, ...more });
    running.push(() => client.close());
    await client.once('open');
    return client;
  };
  return { measured, server, stop, open };
}

describe.each([
  ['without delivery', {}, () => ({})],
  ['with delivery', { delivery: true }, () => ({ delivery: delivery() })],
] as const)('a server %s', (_name, options, ofClient) => {
  test('counts what its connections carry, a broadcast once for each', async () => {
    const { measured, server, open } = await start(options);
    const one = await open(ofClient());
    const other = await open(ofClient());
    const echoed = one.once('message');
    one.send('größer');
    await echoed;
    const heard = Promise.all([one.once('message'), other.once('message')]);
    server.broadcast(new Uint8Array(100));
    await heard;
    expect(await measured.read()).toMatchObject({
      [name('messages') + arrived]: 1,
      [name('io') + arrived]: 8,
      [name('messages') + transmitted]: 3,
      [name('io') + transmitted]: 208,
      [name('handshakes')]: 2,
      [state('open')]: 2,
      [state('away')]: 0,
    });
  });

  test('measures round trips, in seconds', async () => {
    const { measured, server, open } = await start(options);
    await open(ofClient());
    const [connection] = server.connections;
    await connection?.ping();
    const told = (await measured.read())[name('round_trip.duration')] as [number, number];
    expect(told).toEqual([(connection?.latencyMs ?? 0) / 1000, 1]);
  });

  test('and has none when they have gone', async () => {
    const { measured, server, open } = await start(options);
    const client = await open(ofClient());
    const [connection] = server.connections;
    const closed = connection?.once('closed');
    await client.close();
    await closed;
    expect(await measured.read()).toMatchObject({ [state('open')]: 0, [name('buffered')]: 0 });
  });
});

test('a session that goes on is a reconnect', async () => {
  const { measured, server, open } = await start({ delivery: true });
  const client = await open({ delivery: delivery() });
  const [connection] = server.connections;
  const back = connection?.once('open');
  client.reconnect();
  await back;
  expect(await measured.read()).toMatchObject({ [name('handshakes')]: 2, [name('reconnects')]: 1, [state('open')]: 1 });
});

test('who is refused is counted by the reason', async () => {
  const { measured, server } = await start({ authorize: () => false });
  const client = connect(`ws://127.0.0.1:${server.port}/`, { reconnect: false });
  await client.once('closed');
  expect(await measured.read()).toMatchObject({
    [`${name('handshakes')}{error.type=handshake-refused}`]: 1,
    [state('open')]: 0,
  });
});

test('those who were there before are measured, and were counted elsewhere', async () => {
  const { server, open, stop } = await start();
  stop();
  await open();
  const later = createMeasured();
  running.push(instrumentServer(server, { meter: later.meter }));
  const counts = await later.read();
  expect(counts[state('open')]).toBe(1);
  expect(counts[name('handshakes')]).toBe(0);
});

test('after `stop` nothing is counted', async () => {
  const { measured, open, stop } = await start();
  const client = await open();
  stop();
  const echoed = client.once('message');
  client.send('uncounted');
  await echoed;
  const counts = await measured.read();
  expect(counts).toMatchObject({ [name('handshakes')]: 1, [state('open')]: 0 });
  expect(counts[name('messages') + arrived]).toBe(0);
});

test('an observer that throws becomes a warning and harms nothing', async () => {
  const { server, open } = await start();
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  running.push(() => warn.mockRestore());
  server.observe({
    onSent() {
      throw new Error('a meter that broke');
    },
  });
  const client = await open();
  const echoed = client.once('message');
  client.send('ahoy');
  expect((await echoed).data).toBe('ahoy');
  expect(warn.mock.calls[0]?.[0]).toBe('holdfast: onSent threw a meter that broke');
});

test('a client with delivery counts its own messages, and what waits for a line', async () => {
  const { measured, open } = await start({ delivery: true });
  const client = await open({ delivery: delivery() });
  running.push(instrument(client, { meter: measured.meter }));
  const echoed = client.once('message');
  client.send('ahoy');
  await echoed;
  const back = client.once('open');
  client.reconnect();
  client.send('queued');
  expect(await measured.read()).toMatchObject({ 'holdfast.client.outbox.count': 1 });
  await back;
  await client.once('message');
  expect(await measured.read()).toMatchObject({
    'holdfast.client.messages{network.io.direction=transmit}': 2,
    'holdfast.client.messages{network.io.direction=receive}': 2,
    'holdfast.client.io{network.io.direction=receive}': 10,
    'holdfast.client.outbox.count': 0,
    'holdfast.client.reconnects': 1,
    'holdfast.client.uncertain': 0,
  });
});
