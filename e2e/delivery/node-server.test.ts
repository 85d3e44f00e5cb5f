import { type Server, serve } from '@holdfast/node/server';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { describeDeliveryServer } from './describe-server.ts';
import { echoThroughCuts } from './many-cuts.ts';

describe('our server with delivery', () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve({ port: 0, host: '127.0.0.1', delivery: true }, (connection) => {
      connection.on('message', ({ data }) => connection.send(data));
    });
  });
  afterAll(() => server.close());

  describeDeliveryServer(() => `ws://127.0.0.1:${server.port}`);

  test('1,000 messages each way arrive once and in order through 24 cuts', () => echoThroughCuts(server.port));
});
