import { once } from 'node:events';
import { expect } from 'chai';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from './control-client.ts';
import type { ServerOptions } from './control-protocol.ts';
import { type ControlServer, startControlServer } from './control-server.ts';

/** The scenarios trust these servers; here an independent client shows that they do what they are told. */
describe('servers under control', () => {
  let control: ControlServer;
  beforeAll(async () => {
    control = await startControlServer();
  });
  afterAll(() => control.close());

  async function dial(options: ServerOptions, protocols: string[] = []) {
    const server = await startServer(control.url, options);
    const client = new WebSocket(server.url, protocols);
    await once(client, 'open');
    return { server, client };
  }

  test('an echo comes back, and is noted', async () => {
    const { server, client } = await dial({ protocol: 'b' }, ['a', 'b']);
    expect(client.protocol).to.equal('b');
    client.send('hello');
    const [data, isBinary] = await once(client, 'message');
    expect([String(data), isBinary]).to.deep.equal(['hello', false]);
    const [seen] = await server.report({ messages: 1 });
    expect(seen?.messages[0]).to.include({ kind: 'text', bytes: 5, text: 'hello' });
    client.close(4000, 'done');
    expect((await server.report({ closed: 1 }))[0]?.closed).to.deep.equal({ code: 4000, reason: 'done' });
    expect(await server.idle([], 5000)).to.equal(0);
  });

  test('a refusal has its status, headers and body', async () => {
    const server = await startServer(control.url, { refuse: { status: 401, headers: { a: 'b' }, body: 'no' } });
    const client = new WebSocket(server.url);
    const [, response] = await once(client, 'unexpected-response');
    expect(response).to.include({ statusCode: 401 });
    expect(response.headers).to.include({ a: 'b', 'content-length': '2' });
    response.destroy();
  });

  test('a killed server is gone at once, and listens again on the same port', async () => {
    const { server, client } = await dial({});
    const closed = once(client, 'close');
    await server.kill();
    expect((await closed)[0]).to.equal(1006);
    const [refused] = await once(new WebSocket(server.url), 'error');
    expect(refused.code).to.equal('ECONNREFUSED');
    await server.startAgain();
    const again = new WebSocket(server.url);
    await once(again, 'open');
    again.terminate();
    expect(await server.report()).to.have.length(2);
  });

  test('a stalled line carries nothing and stays up, a new one works', async () => {
    const { server, client } = await dial({ stallable: true });
    let heard = 0;
    client.on('message', () => {
      heard += 1;
    });
    await server.stall();
    client.send('into the void');
    await server.send('from the void');
    client.ping();

    const again = new WebSocket(server.url);
    await once(again, 'open');
    again.send('carried');
    expect(String((await once(again, 'message'))[0])).to.equal('carried');
    expect(client.readyState).to.equal(WebSocket.OPEN);
    expect(heard).to.equal(0);
    expect((await server.report({ messages: 1 })).map((seen) => seen.messages.length)).to.deep.equal([0, 1]);

    again.terminate();
    expect(await server.idle(['stalled'], 5000), 'besides the stalled one').to.equal(0);
    expect(await server.idle([], 50)).to.equal(1);
    client.terminate();
    expect(await server.idle([], 5000)).to.equal(0);
  });

  test('a stop closes with 1001 and its reason', async () => {
    const { server, client } = await dial({});
    const closed = once(client, 'close');
    await server.stop('maintenance');
    const [code, reason] = await closed;
    expect([code, String(reason)]).to.deep.equal([1001, 'maintenance']);
  });

  test('a probe is answered and not noted', async () => {
    const { server, client } = await dial({ probe: { message: 'there?', reply: 'here' } });
    client.send('there?');
    expect(String((await once(client, 'message'))[0])).to.equal('here');
    client.send('news');
    expect((await server.report({ messages: 1 }))[0]?.messages.map((message) => message.text)).to.deep.equal(['news']);
    client.terminate();
  });
});
