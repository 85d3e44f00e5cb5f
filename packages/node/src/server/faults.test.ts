import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { dropRawClients, RawClient } from '../raw-client.test-helper.ts';
import { head } from '../raw-server.test-helper.ts';
import type { Connection } from './connection.ts';
import { serve, type Server } from './serve.ts';

let server: Server;
const warnings: unknown[] = [];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeEach(() => {
  warnings.length = 0;
  unhandled.length = 0;
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(warning));
  process.on('unhandledRejection', onUnhandled);
});
afterEach(async () => {
  dropRawClients();
  await server.close();
  process.off('unhandledRejection', onUnhandled);
  vi.restoreAllMocks();
});

type OnConnection = (connection: Connection) => unknown;
type OnError = (error: Error, connection: Connection) => unknown;

const fault = new Error('planned');
const fail = () => {
  throw fault;
};

async function start(onConnection: OnConnection, onError?: OnError): Promise<RawClient> {
  server = await serve({ port: 0, host: '127.0.0.1', ...(onError && { onError }) }, onConnection);
  return RawClient.open(server.port);
}

/** Each has a fault, once the client has sent a message and left. */
const faults: { name: string; who: string; onConnection: OnConnection }[] = [
  { name: 'an onConnection that throws', who: 'onConnection', onConnection: fail },
  { name: 'an onConnection that rejects', who: 'onConnection', onConnection: async () => fail() },
  { name: 'a listener that throws', who: 'message', onConnection: (c) => c.on('message', fail) },
  { name: 'a listener that rejects', who: 'message', onConnection: (c) => c.on('message', async () => fail()) },
  { name: 'a listener to the end that throws', who: 'closed', onConnection: (c) => c.on('closed', fail) },
  {
    name: 'a listener that rejects after the end',
    who: 'message',
    onConnection: (c) => c.on('message', () => c.once('closed').then(fail)),
  },
  {
    name: 'an onConnection that rejects after the end',
    who: 'onConnection',
    onConnection(c) {
      c.on('message', () => {});
      return c.once('closed').then(fail);
    },
  },
];

async function sendAndLeave(client: RawClient): Promise<void> {
  client.send({ opcode: 1, payload: Buffer.from('x') }, { opcode: 8, payload: Uint8Array.of(3, 232) });
  await client.ended();
}

describe('the fault of', () => {
  for (const { name, who, onConnection } of faults) {
    test(`${name} is told to onError, with its connection, and is no warning`, async () => {
      const onError = vi.fn<OnError>();
      const accepted = vi.fn<OnConnection>(onConnection);
      await sendAndLeave(await start(accepted, onError));
      await vi.waitFor(() => expect(onError).toHaveBeenCalled());
      const [connection] = accepted.mock.lastCall ?? [];
      expect(onError.mock.calls).toEqual([
        [expect.objectContaining({ code: 'listener-threw', cause: fault }), connection],
      ]);
      expect(onError.mock.lastCall?.[0].message).toContain(who);
      expect(warnings).toEqual([]);
    });

    test(`${name} is one warning where nobody listens`, async () => {
      await sendAndLeave(await start(onConnection));
      await vi.waitFor(() => expect(warnings).not.toHaveLength(0));
      await server.close();
      expect(warnings).toEqual([`holdfast: ${who} threw planned`]);
    });
  }

  test('a listener is told to the listeners for errors, of either kind, and is no warning', async () => {
    const told: unknown[] = [];
    const client = await start((connection) => {
      connection.on('error', ({ error }) => told.push(error.cause));
      connection.on('message', fail);
      void connection.once('error').then(({ error }) => told.push(error.cause));
    });
    await sendAndLeave(client);
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told).toEqual([fault, fault]);
    expect(warnings).toEqual([]);
  });

  test('a listener for errors is a warning, and not told to itself', async () => {
    const listener = vi.fn<() => void>(fail);
    const client = await start((connection) => {
      connection.on('error', listener);
      connection.on('message', () => Promise.reject(new Error('first')));
    });
    await sendAndLeave(client);
    await vi.waitFor(() => expect(warnings).toHaveLength(1));
    expect(warnings[0]).toBe('holdfast: error threw planned');
    expect(listener).toHaveBeenCalledOnce();
  });

  for (const { name, onError } of [
    { name: 'throws', onError: fail },
    { name: 'rejects', onError: async () => fail() },
  ])
    test(`an onError that ${name} is a warning`, async () => {
      await sendAndLeave(await start((connection) => connection.on('message', fail), onError));
      await vi.waitFor(() => expect(warnings).toHaveLength(1));
      expect(warnings[0]).toBe('holdfast: onError threw planned');
    });

  test('an onRefused that rejects is a warning', async () => {
    server = await serve({ port: 0, host: '127.0.0.1', onRefused: async () => fail() }, () => {});
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', 'Host: a'));
    await client.ended();
    await vi.waitFor(() => expect(warnings).toEqual(['holdfast: onRefused threw planned']));
  });

  test('what is no error is shown as it is', async () => {
    await start(() => Promise.reject({ reason: 5 }));
    await vi.waitFor(() => expect(warnings[0]).toBe('holdfast: onConnection threw { reason: 5 }'));
  });
});

describe('that a client leaves is told by closed alone to', () => {
  const waits: { name: string; wait: (connection: Connection) => Promise<unknown> }[] = [
    { name: 'drained()', wait: (connection) => connection.drained() },
    { name: 'once()', wait: (connection) => connection.once('message') },
    { name: 'ping()', wait: (connection) => connection.ping() },
  ];
  const handlers: { name: string; handle: (c: Connection, wait: OnConnection) => unknown }[] = [
    { name: 'an onConnection that waits for', handle: (c, wait) => wait(c) },
    { name: 'a listener that waits for', handle: (c, wait) => c.on('message', () => wait(c)) },
    { name: 'a listener that does not wait for its', handle: (c, wait) => c.on('message', () => void wait(c)) },
    { name: 'a listener to the end that asks for', handle: (c, wait) => c.on('closed', () => wait(c)) },
  ];
  for (const { name, wait } of waits)
    for (const { name: who, handle } of handlers)
      it(`${who} ${name}`, async () => {
        const onError = vi.fn<OnError>();
        const closed = vi.fn<() => void>();
        const client = await start((connection) => {
          connection.on('message', () => connection.send(new Uint8Array(2 ** 24)));
          connection.on('closed', closed);
          return handle(connection, (c) => {
            // So that there is something to wait for.
            c.send(new Uint8Array(2 ** 24));
            return wait(c);
          });
        }, onError);
        client.socket.pause();
        client.send({ opcode: 1, payload: Buffer.from('x') });
        const [connection] = server.connections;
        await vi.waitFor(() => expect(connection?.bufferedBytes).toBeGreaterThan(0));
        client.socket.resetAndDestroy();
        await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
        await new Promise(setImmediate);
        expect([onError.mock.calls, warnings, unhandled]).toEqual([[], [], []]);
      });

  it('an iterator, which ends', async () => {
    const ended = vi.fn<() => void>();
    const client = await start(async (connection) => {
      for await (const _ of connection);
      ended();
    });
    client.socket.resetAndDestroy();
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect([warnings, unhandled]).toEqual([[], []]);
  });
});
