import { WebSocket } from '@holdfast/node';
// By its file: vitest would find another copy than graphql-ws, which refuses a schema of that.
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql/index.js';
import { type Client, createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PeerServer, startPeerServer } from './peer-server.ts';

/** Counts up from 1 for ever, one step each time that the subscriber has taken the last. */
async function* countUp() {
  for (let count = 1; ; count++) {
    yield { count };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { greeting: { type: GraphQLString, resolve: () => 'hello' } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { count: { type: GraphQLInt, subscribe: countUp } },
  }),
});

let server: PeerServer;
let client: Client;
let story: string[] = [];

beforeEach(async () => {
  // A client of the test before may still tell its end.
  const own: string[] = [];
  story = own;
  server = await startPeerServer(undefined, { handleProtocols: () => 'graphql-transport-ws' });
  useServer({ schema }, server.sockets);
  client = createClient({
    url: server.url,
    webSocketImpl: WebSocket,
    retryAttempts: 10,
    retryWait: () => new Promise((resolve) => setImmediate(resolve)),
    on: {
      connected: () => own.push('connected'),
      closed: (event) => own.push(`closed ${(event as CloseEvent).code}`),
    },
  });
});

afterEach(async () => {
  await client.dispose();
  await server.close();
});

/** Subscribes, and answers the results one by one. */
const results = (query: string) => client.iterate({ query });

test('a query is answered, and the client that is lazy closes with 1000', async () => {
  for await (const { data } of results('{ greeting }')) expect(data).toEqual({ greeting: 'hello' });
  await server.ended(1);
  expect(server.endCodes).toEqual([1000]);
  expect(story).toEqual(['connected', 'closed 1000']);
});

test('an error of the server arrives', async () => {
  const first = results('{ nothing }').next();
  await expect(first).rejects.toEqual([expect.objectContaining({ message: expect.stringContaining('nothing') })]);
});

test('a subscription goes on after the server dropped the line, on a new connection', async () => {
  const counts: unknown[] = [];
  for await (const { data } of results('subscription { count }')) {
    counts.push(data?.count);
    if (counts.length === 2) server.drop();
    if (counts.length > 2 && data?.count === 2 && story.length >= 3) break;
  }
  expect(counts.slice(0, 2)).toEqual([1, 2]);
  expect(counts.slice(-2)).toEqual([1, 2]);
  expect(story.slice(0, 3)).toEqual(['connected', 'closed 1006', 'connected']);
  await client.dispose();
  await server.ended(2);
  expect(server.endCodes).toEqual([1006, 1000]);
});

test('two subscriptions share one connection', async () => {
  const take = async (amount: number) => {
    const counts: unknown[] = [];
    for await (const { data } of results('subscription { count }')) {
      counts.push(data?.count);
      if (counts.length === amount) break;
    }
    return counts;
  };
  expect(await Promise.all([take(3), take(5)])).toEqual([
    [1, 2, 3],
    [1, 2, 3, 4, 5],
  ]);
  expect(story.filter((line) => line === 'connected')).toHaveLength(1);
});
