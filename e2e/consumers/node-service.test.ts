import { expect } from 'chai';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { TestServer } from '../servers/test-server.ts';
import { type Consumer, makeConsumer } from './consumer.ts';

/** The packages as they would be published, in a Node project that has nothing else. */
describe('an empty Node service', () => {
  let consumer: Consumer;
  let server: TestServer;
  beforeAll(async () => {
    [consumer, server] = await Promise.all([makeConsumer('node-service'), TestServer.start({})]);
  });
  afterAll(async () => {
    server?.kill();
    await consumer?.remove();
  });

  test.each(['service.mjs', 'service.cjs'])(
    '%s connects, sends, receives, closes, serves and ends by itself',
    async (script) => {
      const printed = await consumer.run(process.execPath, script, server.url);
      expect(JSON.parse(printed)).to.deep.equal({
        received: ['hello', [1, 2, 3]],
        thrown: 'client-closed',
        state: 'closed',
        oneErrorClass: true,
        served: 'greeting: hello',
        guestClosed: 1001,
        frame: 'Hi',
      });
      const seen = (await server.report({})).at(-1);
      expect(seen?.messages.map((message) => message.kind)).to.deep.equal(['text', 'binary']);
      expect(seen?.closed).to.deep.equal({ code: 1000, reason: 'done' });
    },
  );

  test('nothing is installed besides our four packages', async () => {
    const found = JSON.parse(await consumer.run('npm', 'query', ':not(:root)')) as { name: string }[];
    const names = new Set(found.map((each) => each.name).filter((name) => name !== 'node-service-consumer'));
    expect([...names].sort()).to.deep.equal(['@holdfast/core', '@holdfast/node', '@holdfast/web', 'holdfast']);
  });
});
