import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTestKit } from '@holdfast/core/testing';
import { json } from '@holdfast/core/codec';
import { describe, expect, test } from 'vitest';
import { instrument } from './instrument.ts';
import { createMeasured } from './measured.test-helper.ts';

const name = (rest: string) => `holdfast.client.${rest}`;
const transmitted = '{network.io.direction=transmit}';
const arrived = '{network.io.direction=receive}';

function start(options: object = {}) {
  const kit = createTestKit();
  const measured = createMeasured();
  const client = kit.connect('ws://example.org/', options);
  const stop = instrument(client, { meter: measured.meter });
  return { ...kit, measured, client, stop };
}

describe('what a client does', () => {
  test('messages and bytes are counted both ways, by what they take in UTF-8', async () => {
    const { client, server, measured } = start();
    const connection = await server.connection();
    client.send('größer');
    client.send(new Uint8Array(10));
    connection.send('€');
    const message = client.once('message');
    await message;
    expect(await measured.read()).toMatchObject({
      [name('messages') + transmitted]: 2,
      [name('io') + transmitted]: 18,
      [name('messages') + arrived]: 1,
      [name('io') + arrived]: 3,
    });
  });

  test.each<[string, (started: ReturnType<typeof start>) => Promise<unknown>]>([
    ['connecting', async () => {}],
    ['open', ({ server }) => server.connection()],
    [
      'waiting',
      async ({ server, client }) => {
        const waits = client.once('waiting');
        (await server.connection()).cut();
        await waits;
      },
    ],
    [
      'closing',
      async ({ server, client }) => {
        (await server.connection()).stall();
        client.close().catch(() => undefined);
      },
    ],
  ])('it is counted as %s, and as nothing else', async (state, enter) => {
    const started = start();
    await enter(started);
    const counts = await started.measured.read();
    for (const other of ['connecting', 'open', 'waiting', 'closing'])
      expect(counts[`${name('connection.count')}{holdfast.connection.state=${other}}`], other).toBe(+(other === state));
  });

  test('a line that is lost and comes back is a reconnect; what hangs in the air is told', async () => {
    const { client, server, clock, measured } = start();
    const first = await server.connection();
    client.send('perhaps');
    server.refuseNext();
    first.cut();
    await clock.advance(60_000);
    const counts = await measured.read();
    expect(counts).toMatchObject({
      [name('handshakes')]: 2,
      [name('reconnects')]: 1,
      [name('uncertain')]: 1,
    });
    const failed = Object.entries(counts).filter(([key]) => key.startsWith(`${name('handshakes')}{error.type=`));
    expect(failed.map(([, count]) => count)).toEqual([1]);
  });

  test('a round trip is told in seconds', async () => {
    const { client, server, clock, measured } = start();
    (await server.connection()).slow({ delayMs: 30 });
    const answered = client.ping();
    await clock.advance(1000);
    const rttMs = await answered;
    expect(rttMs).toBeGreaterThan(0);
    expect((await measured.read())[name('round_trip.duration')]).toEqual([rttMs / 1000, 1]);
  });

  test('what waits is told while it waits, and what is given up by its cause', async () => {
    const { client, server, clock, measured } = start({ outbox: { maxMessages: 3, whenFull: 'drop-oldest' } });
    const aborted = new AbortController();
    server.ignoreNext();
    client.send('1');
    client.send('2', { key: 'k' });
    client.send('3', { key: 'k', signal: aborted.signal });
    client.send('4');
    client.send('5');
    expect(await measured.read()).toMatchObject({ [name('outbox.count')]: 3, [name('buffered')]: 3 });
    aborted.abort();
    expect(await measured.read()).toMatchObject({ [name('outbox.count')]: 2 });
    await clock.advance(60_000);
    await server.connection();
    expect(await measured.read()).toMatchObject({
      [name('outbox.count')]: 0,
      [name('buffered')]: 0,
      [name('messages') + transmitted]: 5,
      [`${name('dropped')}{holdfast.drop.cause=replaced}`]: 1,
      [`${name('dropped')}{holdfast.drop.cause=queue-full}`]: 1,
      [`${name('dropped')}{holdfast.drop.cause=aborted}`]: 1,
    });
  });

  test('what `send` refuses is not counted, and refused as before', async () => {
    const { client, measured } = start();
    expect(() => client.send(5 as never)).toThrow(expect.objectContaining({ code: 'invalid-message' }));
    expect(() => client.send('x', { signal: 'none' as never })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
    expect(() => client.send('x', { unknown: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'unknown-option' }),
    );
    expect((await measured.read())[name('messages') + transmitted]).toBe(0);
  });

  test('with a codec the app says what a message takes', async () => {
    const kit = createTestKit();
    const measured = createMeasured();
    const client = kit.connect('ws://example.org/', { codec: json<{ n: number }>() });
    instrument(client, { meter: measured.meter, sizeOf: (message) => JSON.stringify(message).length });
    await kit.server.connection();
    client.send({ n: 12 });
    expect((await measured.read())[name('io') + transmitted]).toBe('{"n":12}'.length);
  });
});

describe('the end', () => {
  test('a client that is closed is let go, and is as it was', async () => {
    const { client, server, measured } = start();
    await server.connection();
    const { send } = client;
    await measured.read();
    await client.close();
    expect(client.send).not.toBe(send);
    expect(() => client.send('late')).toThrow(expect.objectContaining({ code: 'client-closed' }));
    const counts = Object.entries(await measured.read()).filter(
      ([key]) => key.includes('count') || key.includes('buffered'),
    );
    expect(counts.length).toBe(6);
    expect(counts.every(([, value]) => value === 0)).toBe(true);
  });

  test('after `stop` nothing is counted, also where somebody else has replaced `send`', async () => {
    const { client, server, measured, stop } = start();
    await server.connection();
    const { send } = client;
    client.send = (message, options) => send(message, options);
    stop();
    stop();
    client.send('uncounted');
    expect((await measured.read())[name('messages') + transmitted]).toBe(0);
  });

  test('a client that is closed already is not measured', async () => {
    const { client, measured } = start();
    await client.close();
    const before = await measured.read();
    instrument(client, { meter: measured.meter })();
    expect(await measured.read()).toEqual(before);
  });
});

test('the meter does not hold a client that is closed and let go', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const { meter, read } = createMeasured();
  const liveAndDie = async () => {
    const { connect, server } = createTestKit();
    const client = connect('ws://example.org/');
    instrument(client, { meter });
    await server.connection();
    client.send('a');
    await read();
    await client.close();
    return new WeakRef(client);
  };
  const client = await liveAndDie();
  for (let turn = 0; client.deref() && turn < 100; turn++) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  expect(client.deref()).toBe(undefined);
  expect((await read())[`${name('connection.count')}{holdfast.connection.state=open}`]).toBe(0);
});

test('clients of the same attributes are added up, others stand alone', async () => {
  const { connect, server } = createTestKit();
  const measured = createMeasured();
  for (const region of ['north', 'north', 'south']) {
    instrument(connect('ws://example.org/'), { meter: measured.meter, attributes: { region } });
    await server.connection();
  }
  expect(await measured.read()).toMatchObject({
    [`${name('connection.count')}{holdfast.connection.state=open,region=north}`]: 2,
    [`${name('connection.count')}{holdfast.connection.state=open,region=south}`]: 1,
    [`${name('handshakes')}{region=north}`]: 2,
  });
});

test('units are those of UCUM, with what is counted in braces', async () => {
  const { client, server, clock, measured } = start();
  const connection = await server.connection();
  client.send('a');
  const answered = client.ping();
  await clock.advance(1000);
  await answered;
  connection.cut();
  expect(await measured.units()).toEqual({
    [name('connection.count')]: '{connection}',
    [name('buffered')]: 'By',
    [name('outbox.count')]: '{message}',
    [name('round_trip.duration')]: 's',
    [name('messages')]: '{message}',
    [name('io')]: 'By',
    [name('handshakes')]: '{handshake}',
    [name('reconnects')]: '{reconnect}',
    [name('uncertain')]: '{message}',
  });
});
