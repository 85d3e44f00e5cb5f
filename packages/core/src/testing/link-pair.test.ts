import { describe, expect, it } from 'vitest';
import { HoldfastError } from '../errors.ts';
import { FakeClock } from './fake-clock.ts';
import { type LinkEndHandler, LinkPair, silentHandler } from './link-pair.ts';

const settle = () => new FakeClock().settle();

/** A pair, and what each end was told. */
function pairWithDiary() {
  const told = { client: [] as string[], server: [] as string[] };
  const handlerOf = (end: 'client' | 'server'): LinkEndHandler => ({
    ...silentHandler,
    onMessage: (data) => told[end].push(`message ${typeof data === 'string' ? data : `[${data.join()}]`}`),
    onPong: () => told[end].push('pong'),
    onEnd: ({ code, reason, wasClean, error }) =>
      told[end].push(`end ${code} ${reason || error?.code}${wasClean ? '' : ' unclean'}`),
  });
  const pair = new LinkPair(handlerOf('client'), handlerOf('server'), 'chat');
  return { pair, told };
}

describe('a line', () => {
  it('carries messages both ways, in order, in a later turn', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.send('a');
    pair.client.send(Uint8Array.of(1, 2));
    pair.server.send('b');
    expect(told).toEqual({ client: [], server: [] });
    await settle();
    expect(told).toEqual({ client: ['message b'], server: ['message a', 'message [1,2]'] });
    expect([pair.client.protocol, pair.server.protocol]).toEqual(['chat', 'chat']);
  });

  it('carries what the bytes were when they were sent', async () => {
    const { pair, told } = pairWithDiary();
    const bytes = Uint8Array.of(1);
    pair.client.send(bytes);
    bytes.fill(9);
    await settle();
    expect(told.server).toEqual(['message [1]']);
  });

  it('counts the bytes of payload on their way', async () => {
    const { pair } = pairWithDiary();
    pair.client.send('é');
    pair.client.send(new Uint8Array(3));
    expect(pair.client.bufferedAmount).toBe(5);
    await settle();
    expect(pair.client.bufferedAmount).toBe(0);
  });

  it('answers pings', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.ping();
    await settle();
    expect(told).toEqual({ client: ['pong'], server: [] });
  });
});

describe('a line that stalls', () => {
  it('holds everything, tells nobody, and goes on in order', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.send('1');
    pair.stall();
    pair.client.send('2');
    pair.client.ping();
    pair.server.close(1000, 'bye');
    await settle();
    expect(told).toEqual({ client: [], server: [] });
    pair.unstall();
    pair.client.send('3');
    await settle();
    expect(told.server).toEqual(['message 1', 'message 2', 'message 3', 'end 1000 bye']);
    expect(told.client).toEqual(['end 1000 bye']);
  });

  it('keeps the order when it stalls and goes on within one turn', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.send('1');
    pair.stall();
    pair.client.send('2');
    pair.unstall();
    pair.client.send('3');
    await settle();
    expect(told.server).toEqual(['message 1', 'message 2', 'message 3']);
  });
});

it('may stall by the hand of a handler, before the next message', async () => {
  const heard: unknown[] = [];
  const handler: LinkEndHandler = {
    ...silentHandler,
    onMessage(data) {
      heard.push(data);
      pair.stall();
    },
  };
  const pair = new LinkPair(silentHandler, handler);
  for (const message of ['1', '2', '3']) pair.client.send(message);
  await settle();
  expect(heard).toEqual(['1']);
  pair.unstall();
  await settle();
  expect(heard).toEqual(['1', '2']);
});

describe('a line that is cut', () => {
  it('tells both ends, once, and loses what was on its way', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.send('lost');
    pair.server.send('lost');
    pair.cut();
    pair.cut(new HoldfastError('tcp-failed'));
    await settle();
    const cut = ['end 1006 connection-lost unclean'];
    expect(told).toEqual({ client: cut, server: cut });
    expect([pair.client.readyState, pair.server.readyState]).toEqual([2, 2]);
  });
});

describe('an end that closes', () => {
  it('sends nothing more, reads what comes before the answer, and ends clean', async () => {
    const { pair, told } = pairWithDiary();
    pair.server.send('late');
    pair.client.close(4000, 'bye');
    expect([pair.client.readyState, pair.server.readyState]).toEqual([2, 1]);
    pair.client.send('too late');
    pair.client.close(1000, 'again');
    await settle();
    expect(told).toEqual({ client: ['message late', 'end 4000 bye'], server: ['end 4000 bye'] });
  });

  it('meets one that closes too', async () => {
    const { pair, told } = pairWithDiary();
    pair.client.close(4000, 'mine');
    pair.server.close(4001, 'yours');
    await settle();
    expect(told).toEqual({ client: ['end 4001 yours'], server: ['end 4000 mine'] });
  });
});

describe('an end that is abandoned', () => {
  it('hears nothing more, and the other hears of a line that is gone', async () => {
    const { pair, told } = pairWithDiary();
    pair.server.send('lost');
    pair.client.abandon();
    await settle();
    expect(told).toEqual({ client: [], server: ['end 1006 connection-lost unclean'] });
  });
});

describe('an end that does not read', () => {
  it('leaves messages and pings on the line, in order, until it reads', async () => {
    const { pair, told } = pairWithDiary();
    pair.server.pause(true);
    pair.client.send('1');
    pair.client.ping();
    pair.client.send('2');
    await settle();
    expect(told).toEqual({ client: [], server: [] });
    pair.server.pause(false);
    await settle();
    expect(told).toEqual({ client: ['pong'], server: ['message 1', 'message 2'] });
  });

  it('may stop again within a message', async () => {
    const heard: unknown[] = [];
    const handler: LinkEndHandler = {
      ...silentHandler,
      onMessage(data) {
        heard.push(data);
        pair.server.pause(true);
      },
    };
    const pair = new LinkPair(silentHandler, handler);
    pair.client.send('1');
    pair.client.send('2');
    await settle();
    expect(heard).toEqual(['1']);
    pair.server.pause(false);
    expect(heard).toEqual(['1', '2']);
  });
});
