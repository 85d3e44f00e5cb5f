import { WebSocket } from '@holdfast/node';
import { Centrifuge, type Subscription } from 'centrifuge';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCentrifugeServer } from './centrifuge-server.ts';
import type { PeerServer } from './peer-server.ts';

let server: PeerServer;
let client: Centrifuge;
const story: string[] = [];

beforeEach(async () => {
  story.length = 0;
  server = await startCentrifugeServer();
  client = new Centrifuge(server.url, { websocket: WebSocket, minReconnectDelay: 1, maxReconnectDelay: 10 });
  client.on('connecting', ({ code }) => story.push(`connecting ${code}`));
  client.on('connected', ({ transport }) => story.push(`connected by ${transport}`));
  client.on('disconnected', ({ code }) => story.push(`disconnected ${code}`));
});

afterEach(async () => {
  client.disconnect();
  await server.close();
});

/** The next publication to a channel. */
const nextOf = (subscription: Subscription) =>
  new Promise<unknown>((resolve) => {
    subscription.once('publication', ({ data }) => resolve(data));
  });

test('it connects, subscribes, publishes and is pushed to', async () => {
  const subscription = client.newSubscription('news');
  subscription.subscribe();
  client.connect();
  await subscription.ready();
  const next = nextOf(subscription);
  await subscription.publish({ text: 'é' });
  expect(await next).toEqual({ text: 'é' });
  expect(await client.rpc('echo', { n: 1 })).toEqual({ data: { n: 1 } });
});

test('it comes back after the server dropped the line, and its subscription with it', async () => {
  const subscription = client.newSubscription('news');
  subscription.subscribe();
  client.connect();
  await subscription.ready();
  const back = new Promise((resolve) => {
    client.once('connected', resolve);
  });
  server.drop();
  await back;
  await subscription.ready();
  const next = nextOf(subscription);
  await client.publish('news', 'again');
  expect(await next).toBe('again');
  // Its code 1 is for a transport that was closed.
  expect(story).toEqual(['connecting 0', 'connected by websocket', 'connecting 1', 'connected by websocket']);
});

test('it closes the connection in order', async () => {
  client.connect();
  await client.ready();
  client.disconnect();
  await server.ended(1);
  // It closes without a code.
  expect(server.endCodes).toEqual([1005]);
  expect(story.at(-1)).toBe('disconnected 0');
});
