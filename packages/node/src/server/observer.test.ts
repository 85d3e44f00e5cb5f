import { afterEach, expect, test, vi } from 'vitest';
import { connect } from '../connect.ts';
import type { Connection } from './connection.ts';
import type { ServerObserver } from './observer.ts';
import { serve, type Server } from './serve.ts';

const running: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(onConnection: (connection: Connection) => unknown = () => {}) {
  const options = { port: 0, host: '127.0.0.1', closeTimeoutMs: 200, path: '/' };
  const server: Server<undefined> = await serve(options, onConnection);
  running.push(server);
  const open = async (path = '/') => {
    const client = connect(`ws://127.0.0.1:${server.port}${path}`, { reconnect: false });
    running.push(client);
    await client.once('open').catch(() => undefined);
    return client;
  };
  return { server, open };
}

/** An observer that notes what it is told. */
function noting() {
  const notes: [string, unknown][] = [];
  const observer: ServerObserver = {
    onConnection: (connection) => notes.push(['connection', connection]),
    onRefused: ({ status }) => notes.push(['refused', status]),
    onReceived: (bytes) => notes.push(['received', bytes]),
    onSent: (bytes) => notes.push(['sent', bytes]),
  };
  return { notes, observer };
}

test('tells of a connection before the app is given it, and of its messages', async () => {
  const { notes, observer } = noting();
  const { server, open } = await start((connection) => {
    notes.push(['app', connection]);
    connection.on('message', ({ data }) => connection.send(data));
  });
  server.observe(observer);
  const client = await open();
  const [connection] = server.connections;
  const echoed = client.once('message');
  client.send('€');
  await echoed;
  server.broadcast(new ArrayBuffer(7));
  expect(notes).toEqual([
    ['connection', connection],
    ['app', connection],
    ['received', 3],
    ['sent', 3],
    ['sent', 7],
  ]);
});

test('tells of those who are there already', async () => {
  const { server, open } = await start();
  await open();
  const { notes, observer } = noting();
  server.observe(observer);
  expect(notes).toEqual([['connection', [...server.connections][0]]]);
});

test('tells who was refused, with the status', async () => {
  const { server, open } = await start();
  const { notes, observer } = noting();
  server.observe(observer);
  await open('/elsewhere');
  expect(notes).toEqual([['refused', 404]]);
});

test('tells several, each until it wants no more', async () => {
  const { server, open } = await start();
  const [one, other] = [noting(), noting()];
  const stop = server.observe(one.observer);
  server.observe(other.observer);
  await open();
  stop();
  server.broadcast('a');
  expect(one.notes.map(([type]) => type)).toEqual(['connection']);
  expect(other.notes.map(([type]) => type)).toEqual(['connection', 'sent']);
});

test('what was not taken was not sent', async () => {
  const { server, open } = await start();
  const { notes, observer } = noting();
  const client = await open();
  const [connection] = server.connections;
  server.observe(observer);
  await client.close();
  connection?.terminate();
  expect(connection?.send('late')).toBe('closed');
  expect(notes.map(([type]) => type)).toEqual(['connection']);
});

test('an observer that throws, or rejects, harms nobody', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  running.push({ close: () => warn.mockRestore() });
  const { server, open } = await start();
  server.observe({
    onConnection() {
      throw new Error('thrown');
    },
    onSent: () => Promise.reject(new Error('rejected')),
  });
  const client = await open();
  const heard = client.once('message');
  server.broadcast('a');
  expect((await heard).data).toBe('a');
  expect(warn.mock.calls.map(([said]) => said)).toEqual([
    'holdfast: onConnection threw thrown',
    'holdfast: onSent threw rejected',
  ]);
});
