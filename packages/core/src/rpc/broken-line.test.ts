import { expect, test } from 'vitest';
import type { CommonOptions } from '../session/options.ts';
import { createRpc, type RpcOptions } from './create-rpc.ts';
import { call, defineApi, stream } from './declare-api.ts';
import { isRpcMessage } from './envelope.ts';
import { createLoneCaller, createRpcPair, createServingKit, MemoryPeer, rejectionOf } from './rpc-pair.test-helper.ts';
import { serveRpc } from './serve-rpc.ts';

const api = defineApi({
  once: call<string, string>(),
  again: call<string, string>({ retry: true }),
  ticks: stream<void, number>(),
});
const never = new Promise<never>(() => {});

/** A client of a server that answers, at first, nothing. */
function start(options: RpcOptions = {}, clientOptions: CommonOptions = {}) {
  const asked: string[] = [];
  const replies: { current: (text: string) => string | Promise<string> } = { current: () => never };
  const handle = (text: string) => {
    asked.push(text);
    return replies.current(text);
  };
  const kit = createServingKit(api, {
    once: handle,
    again: handle,
    async *ticks() {
      yield 1;
      await never;
    },
  });
  const client = kit.connect('ws://test.example/', { heartbeat: false, ...clientOptions });
  const rpc = createRpc(client, api, options, { after: kit.clock.after, random: () => 0 });
  return { ...kit, client, rpc, asked, replies };
}

test('a call that is made before the line is open is sent with it, and answered', async () => {
  const { rpc, replies } = start();
  replies.current = (text) => text.toUpperCase();
  expect(await rpc.call('once', 'early')).toBe('EARLY');
});

test('a lost line rejects what was on its way, as nobody knows whether it arrived', async () => {
  const { rpc, client, server, clock } = start();
  await client.once('open');
  const items = rpc.stream('ticks');
  expect((await items.next()).value).toBe(1);
  const rejections = [rejectionOf(rpc.call('once', 'x')), rejectionOf(items.next())];
  await clock.settle();
  server.latest.cut();
  expect(await Promise.all(rejections)).toMatchObject([{ code: 'connection-lost' }, { code: 'connection-lost' }]);
});

test('what left with the first line is lost with it', async () => {
  const { rpc, server, clock, asked } = start();
  const rejection = rejectionOf(rpc.call('once', 'x'));
  await clock.settle();
  expect(asked).toEqual(['x']);
  server.latest.cut();
  expect(await rejection).toMatchObject({ code: 'connection-lost' });
});

test('a call that still waits for its first line outlives dials that fail', async () => {
  const { rpc, server, clock, replies } = start();
  server.refuseNext();
  server.refuseNext();
  replies.current = (text) => text;
  const answered = rpc.call('once', 'patient');
  await clock.advance(10_000);
  expect(await answered).toBe('patient');
  expect(server.dials).toHaveLength(3);
});

test('a call that may be sent again is, on the next line', async () => {
  const { rpc, client, server, clock, asked, replies } = start();
  await client.once('open');
  const answered = rpc.call('again', 'x');
  await clock.settle();
  server.latest.cut();
  await clock.settle();
  replies.current = (text) => `${text}, the second time`;
  await clock.advance(5000);
  expect(await answered).toBe('x, the second time');
  expect(asked).toEqual(['x', 'x']);
});

test('its time limit goes on over the broken line, and takes it back from the outbox', async () => {
  const { rpc, client, server, clock, asked } = start();
  await client.once('open');
  const rejection = rejectionOf(rpc.call('again', 'x', { timeoutMs: 50 }));
  await clock.settle();
  server.mode = 'refuse';
  server.latest.cut();
  await clock.advance(50);
  expect(await rejection).toMatchObject({ code: 'rpc-timeout' });
  server.mode = 'accept';
  await clock.advance(60_000);
  expect(client.state.name).toBe('open');
  expect([asked, server.latest.received]).toEqual([['x'], []]);
});

test('a call that is given up while it waits never leaves', async () => {
  const { rpc, clock, server } = start();
  server.refuseNext();
  const controller = new AbortController();
  const rejection = rejectionOf(rpc.call('once', 'x', { signal: controller.signal }));
  await clock.settle();
  controller.abort('no more');
  expect(await rejection).toBe('no more');
  await clock.advance(60_000);
  expect(server.latest.received).toEqual([]);
});

test.each([
  ['throw', 'queue-full'],
  ['drop-newest', 'queue-full'],
] as const)('where the outbox is full and its policy is %s, a call rejects at once', async (whenFull, code) => {
  const { rpc, clock } = start({}, { outbox: { maxMessages: 1, whenFull } });
  void rejectionOf(rpc.call('once', 'first'));
  expect(await rejectionOf(rpc.call('once', 'second'))).toMatchObject({ code });
  await clock.settle();
});

test('who closes the client rejects its calls with client-closed', async () => {
  const { rpc, client, clock } = start();
  await client.once('open');
  const rejection = rejectionOf(rpc.call('once', 'x'));
  await clock.settle();
  const closed = client.close();
  await clock.advance(10_000);
  await closed;
  expect(await rejection).toMatchObject({ code: 'client-closed' });
  expect(await rejectionOf(rpc.call('once', 'y'))).toMatchObject({ code: 'client-closed' });
  expect(clock.pendingTimers).toBe(0);
});

test('the app hears its own messages beside the calls, and can tell them apart', async () => {
  const { rpc, client, server, replies } = start();
  await client.once('open');
  replies.current = (text) => text;
  const heard: unknown[] = [];
  client.on('message', ({ data }) => void (isRpcMessage(data) || heard.push(data)));
  server.latest.send('plain');
  await rpc.call('once', 'x');
  server.latest.send('{"rpc":"nothing of ours"}');
  await rpc.call('once', 'y');
  expect(heard).toEqual(['plain', '{"rpc":"nothing of ours"}']);
});

const disconnected = { type: 'disconnected', willReconnect: true } as const;

test('with delivery, calls go on over a broken line that is resumed', async () => {
  const { rpc, peer, answer } = createLoneCaller(api);
  peer.delivery = true;
  const answered = rpc.call('once', 'x');
  peer.tell(disconnected);
  peer.tell({ type: 'open', resumed: true });
  await answer({ rpc: 'answer', id: 1, result: 'X' });
  expect(await answered).toBe('X');
  expect(peer.sent).toHaveLength(1);
});

test('with delivery, a session that is not resumed rejects what was on its way, and sends again what may be', async () => {
  const { rpc, peer } = createLoneCaller(api);
  peer.delivery = true;
  const rejection = rejectionOf(rpc.call('once', 'x'));
  void rpc.call('again', 'y');
  peer.tell(disconnected);
  peer.tell({ type: 'dropped', message: peer.sent[0], cause: 'unacknowledged' });
  peer.tell({ type: 'open', resumed: false });
  expect(await rejection).toMatchObject({ code: 'connection-lost' });
  expect(peer.envelopes).toMatchObject([{ id: 1 }, { id: 2 }, { id: 2, method: 'again', params: 'y' }]);
});

test('handlers of a connection with delivery go on over a broken line by themselves', async () => {
  const { rpc, server, clock } = createRpcPair(defineApi({ wait: call<void, string>() }), {
    wait: (_, { signal }) => new Promise((resolve) => clock.after(10, () => resolve(`aborted: ${signal.aborted}`))),
  });
  server.delivery = {};
  const answered = rpc.call('wait');
  await clock.settle();
  server.tell(disconnected);
  server.tell({ type: 'open', resumed: true });
  await clock.advance(10);
  expect(await answered).toBe('aborted: false');
});

test('handlers of a client are aborted when its line is lost, and say no more', async () => {
  const peer = new MemoryPeer();
  const signals: AbortSignal[] = [];
  let answerIt = (_text: string) => {};
  const handle = (_: string, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return new Promise<string>((resolve) => {
      answerIt = resolve;
    });
  };
  serveRpc(peer, api, { once: handle, again: handle, async *ticks() {} });
  peer.tell({ type: 'message', data: '{"rpc":"call","id":1,"method":"once","params":"x"}' });
  await Promise.resolve();
  await Promise.resolve();
  peer.tell(disconnected);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  answerIt('too late');
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expect(peer.sent).toEqual([]);
});

test('both ends call and answer over one line, with the same numbers', async () => {
  const up = defineApi({ double: call<number, number>() });
  const down = defineApi({ name: call<void, string>() });
  const { rpc, client, server, clock } = createRpcPair(up, { double: (n) => n * 2 });
  serveRpc(client, down, { name: () => 'ada' });
  const back = createRpc(server, down, undefined, { after: clock.after, random: () => 0 });
  expect(await Promise.all([rpc.call('double', 4), back.call('name')])).toEqual([8, 'ada']);
  expect([client.envelopes[0], server.envelopes[0]]).toMatchObject([{ id: 1 }, { id: 1 }]);
});
