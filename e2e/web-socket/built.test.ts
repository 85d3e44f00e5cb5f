import { WebSocket } from '@holdfast/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocketClass } from './row.ts';
import { rows } from './rows/all.ts';
import { outcomeOf } from './run-rows.ts';
import { type StandardServer, startStandardServer } from './standard-server.ts';

// The types of browsers hold for the class, too.
const own: WebSocketClass = WebSocket;

let server: StandardServer;
beforeAll(async () => {
  server = await startStandardServer();
});
afterAll(() => server.close());

describe.each([...new Set(rows.map(({ rule }) => rule))])('%s', (rule) => {
  test.each(rows.filter((row) => row.rule === rule))('$name', async (row) => {
    expect(await outcomeOf(row, { WebSocket: own, server: server.url, isPage: false })).toBeUndefined();
  });
});
