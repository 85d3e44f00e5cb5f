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
  const clock = new FakeClock();
  const pair = new LinkPair(handlerOf('client'), handlerOf('server'), 'chat', clock);
  return { pair, told, clock };
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

describe('a line that is half open', () => {
  it('loses nothing, but carries only what the other side sends', async () => {
    const { pair, told } = pairWithDiary();
    pair.stall('client');
    pair.client.send('1');
    pair.server.send('2');
    await settle();
    expect(told).toEqual({ client: ['message 2'], server: [] });
    pair.unstall();
    await settle();
    expect(told.server).toEqual(['message 1']);
  });
});

describe('a line that is slow', () => {
  it('takes its time for messages, and pings wait behind them', async () => {
    const { pair, told, clock } = pairWithDiary();
    pair.slow({ bytesPerSecond: 1000, delayMs: 10 });
    pair.client.send(new Uint8Array(500));
    pair.client.ping();
    await clock.advance(509);
    expect(told).toEqual({ client: [], server: [] });
    await clock.advance(1);
    expect(told.server).toHaveLength(1);
    await clock.advance(9);
    expect(told.client).toEqual([]);
    await clock.advance(1);
    expect(told.client).toEqual(['pong']);
  });

  it('empties the buffer of its sender by the clock, and tells it, and what hears the parts', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    const client = { ...silentHandler, onDrain: () => seen.push(`left ${pair.client.bufferedAmount}`) };
    const server = { ...silentHandler, onHeard: () => seen.push('heard'), onMessage: () => seen.push('message') };
    const pair = new LinkPair(client, server, '', clock);
    pair.slow({ bytesPerSecond: 100 }, 'client');
    pair.client.send(new Uint8Array(25));
    await clock.advance(1000);
    expect(seen).toEqual(['left 15', 'heard', 'left 5', 'heard', 'left 0', 'heard', 'message']);
  });

  it('may be slow one way only', async () => {
    const { pair, told } = pairWithDiary();
    pair.slow({ delayMs: 10 }, 'server');
    pair.client.send('1');
    pair.server.send('2');
    await settle();
    expect(told).toEqual({ client: [], server: ['message 1'] });
  });

  it('leaves no timer once an end has ended, and the other still gets what was sent before', async () => {
    const { pair, told, clock } = pairWithDiary();
    pair.slow({ delayMs: 10 });
    pair.client.send('1');
    pair.server.send('2');
    await settle();
    pair.client.abandon();
    expect(clock.pendingTimers).toBe(0);
    await settle();
    expect(told).toEqual({ client: [], server: ['message 1', 'end 1006 connection-lost unclean'] });
  });

  it('takes its time to close, too', async () => {
    const { pair, told, clock } = pairWithDiary();
    pair.slow({ delayMs: 10 });
    pair.server.close(1001, 'bye');
    await clock.advance(9);
    expect(told).toEqual({ client: [], server: [] });
    await clock.advance(1);
    expect(told).toEqual({ client: ['end 1001 bye'], server: ['end 1001 bye'] });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a line that breaks after so many bytes', () => {
  it.each(['client', 'server'] as const)('counts what the %s sends', async (side) => {
    const { pair, told } = pairWithDiary();
    const [from, to] = side === 'client' ? ([pair.client, 'server'] as const) : ([pair.server, 'client'] as const);
    pair.cutAfter(3, side);
    from.send('é');
    from.send('é');
    from.send('x');
    await settle();
    expect(told[to]).toEqual(['message é', 'end 1006 connection-lost unclean']);
    expect(told[side]).toEqual(['end 1006 connection-lost unclean']);
  });
});

describe('a message that is doubled', () => {
  it('arrives twice, and counts once for its sender; the next arrives once', async () => {
    const { pair, told } = pairWithDiary();
    pair.duplicateNext('client');
    pair.client.ping();
    pair.client.send('12');
    expect(pair.client.bufferedAmount).toBe(2);
    pair.client.send('3');
    await settle();
    expect(told).toEqual({ client: ['pong'], server: ['message 12', 'message 12', 'message 3'] });
  });
});
