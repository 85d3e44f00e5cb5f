import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { call, createRpc, defineApi, type RpcPeer } from './rpc.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const api = defineApi({ wait: call() });

/** A peer that answers nothing. */
const silentPeer = (): RpcPeer & { readonly sent: unknown[] } => {
  const sent: unknown[] = [];
  return { sent, state: { name: 'open' }, on: () => () => {}, send: (message) => sent.push(message) };
};

test('time limits go by the timers of the platform', async () => {
  const peer = silentPeer();
  const answer = createRpc(peer, api)
    .call('wait')
    .catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(peer.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toMatchObject({ code: 'rpc-timeout' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a limit that no timer can hold never comes', async () => {
  const peer = silentPeer();
  void createRpc(peer, api).call('wait', undefined, { timeoutMs: 2 ** 31 });
  await vi.advanceTimersByTimeAsync(2 ** 31);
  expect(peer.sent).toHaveLength(1);
});

test('the ids of two clients do not meet', () => {
  const ids = [silentPeer(), silentPeer()].map((peer) => {
    void createRpc(peer, api).call('wait');
    return (JSON.parse(peer.sent[0] as string) as { id: number }).id;
  });
  expect(new Set(ids).size).toBe(2);
});
