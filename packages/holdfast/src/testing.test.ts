import { expect, test } from 'vitest';
import type { connect as realConnect } from './index.ts';
import { createTestKit } from './testing.ts';

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

const connectOn = (platform: 'node' | 'web', options: object) => () =>
  createTestKit({ platform }).connect('ws://test.example/', options);

test('its connect is one of the type of the real one', async () => {
  const { connect, server } = createTestKit();
  const standIn: typeof realConnect = connect;
  standIn('ws://test.example/');
  expect((await server.connection()).dial.url).toBe('ws://test.example/');
});

test.each([
  ['node', { node: { headers: {}, origin: 'x', tls: {}, limits: {}, compression: false } }, undefined],
  ['node', { node: { headrs: {} } }, 'unknown-option'],
  ['node', { web: { anything: 1 } }, undefined],
  ['node', { headers: {} }, 'unknown-option'],
  ['web', { web: { diagnose: '/health', timers: { after: () => () => {} } } }, undefined],
  ['web', { web: { diagnose: 1 } }, 'invalid-option'],
  ['web', { web: { anything: 1 } }, 'unknown-option'],
  ['web', { node: { anything: 1 } }, undefined],
  ['web', { outbox: { maxBytes: 'many' } }, 'invalid-option'],
] as const)('on %s, %j comes to %s', (platform, options, code) => {
  expect(codeOf(connectOn(platform, options))).toBe(code);
});

test('the server sees the headers of Node, and a page sends none', async () => {
  const options = { node: { headers: { Authorization: 'Bearer a' } } };
  const headersFrom = async (platform: 'node' | 'web') => {
    const { connect, server } = createTestKit({ platform });
    connect('ws://test.example/', options);
    return (await server.connection()).dial.headers;
  };
  expect(await headersFrom('node')).toEqual({ authorization: 'Bearer a' });
  expect(await headersFrom('web')).toBeUndefined();
});

test('a page finds out the status of a refusal where it has that diagnosed', async () => {
  const statusWith = async (web: object) => {
    const { connect, server, clock } = createTestKit({ platform: 'web' });
    server.mode = { status: 403 };
    const disconnected = connect('ws://test.example/', { web }).once('disconnected');
    await clock.settle();
    return (await disconnected).error?.status;
  };
  expect(await statusWith({ diagnose: '/health' })).toBe(403);
  expect(await statusWith({})).toBeUndefined();
});
