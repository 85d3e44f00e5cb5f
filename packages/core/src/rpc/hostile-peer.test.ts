import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FakeClock } from '../testing/fake-clock.ts';
import { createRpc } from './create-rpc.ts';
import { call, defineApi, stream } from './declare-api.ts';
import { readEnvelope } from './envelope.ts';
import { MemoryPeer } from './rpc-pair.test-helper.ts';
import { serveRpc } from './serve-rpc.ts';

const api = defineApi({
  text: call(z.string(), z.string()),
  wait: call(),
  count: stream(z.number(), z.number()),
});
const limits = { maxCalls: 3, maxStreams: 2 };

const member = (values: readonly unknown[]) => fc.oneof(fc.constantFrom(...values), fc.jsonValue());
const envelope = fc.record(
  {
    rpc: member(['call', 'stream', 'more', 'cancel', 'answer', 'item', 'end', 'error']),
    id: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.jsonValue()),
    method: member(['text', 'wait', 'count', 'constructor', '__proto__']),
    params: member(['text', 3]),
    credit: member([1, 1024]),
    result: fc.jsonValue(),
    item: fc.jsonValue(),
    error: member(['not-found', 'internal']),
    data: fc.jsonValue(),
  },
  { requiredKeys: ['rpc', 'id'] },
);
const message = fc.oneof(
  { weight: 8, arbitrary: envelope.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: envelope },
  { weight: 1, arbitrary: fc.oneof(fc.string(), fc.jsonValue(), fc.uint8Array(), fc.constant('{"rpc"')) },
);

test('whatever a peer sends, it is told only of calls that it made, within its limits, and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 40 }), async (messages) => {
      const [peer, clock] = [new MemoryPeer(), new FakeClock()];
      let [calls, streams, most] = [0, 0, { calls: 0, streams: 0 }];
      const faults: unknown[] = [];
      const handlers: Parameters<typeof serveRpc<typeof api>>[2] = {
        text: (text) => text,
        wait: (_, { signal }) => {
          most = { ...most, calls: Math.max(most.calls, ++calls) };
          return new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve());
          }).finally(() => calls--);
        },
        async *count(to) {
          most = { ...most, streams: Math.max(most.streams, ++streams) };
          try {
            for (let n = 0; n < to; n++) yield n;
          } finally {
            streams--;
          }
        },
      };
      serveRpc(peer, api, handlers, { ...limits, onError: (error) => faults.push(error) });
      const asked = new Set<unknown>();
      peer.on('message', ({ data }) => {
        const read = readEnvelope(data);
        if (read?.rpc === 'call' || read?.rpc === 'stream') asked.add(read.id);
      });
      for (const data of messages) {
        peer.tell({ type: 'message', data });
        await clock.settle();
      }
      expect(faults).toEqual([]);
      expect(most.calls).toBeLessThanOrEqual(limits.maxCalls);
      expect(most.streams).toBeLessThanOrEqual(limits.maxStreams);
      for (const sent of peer.sent) expect(asked).toContain(readEnvelope(sent)?.id);
      peer.close();
      await clock.settle();
      expect([calls, streams]).toEqual([0, 0]);
    }),
    { numRuns: 300 },
  );
});

test('whatever a peer answers, a call ends once, by the time limit at the latest, and a stream holds what it granted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 40 }), async (messages) => {
      const [peer, clock] = [new MemoryPeer(), new FakeClock()];
      const rpc = createRpc(peer, api, { timeoutMs: 100 }, { after: clock.after, random: () => 0 });
      const ended = rpc.call('text', 'x').then(
        (value) => typeof value,
        (error: unknown) => (error as { code: string }).code,
      );
      const items = rpc.stream('count', 5, { maxUnread: 4, idleTimeoutMs: 100 });
      const first = items.next().catch((error: unknown) => error);
      for (const data of messages) {
        peer.tell({ type: 'message', data });
        await clock.settle();
      }
      await clock.advance(100);
      expect(await ended).toMatch(/^(string|rpc-timeout|rpc-invalid-result|rpc-failed)$/);
      await first;
      let read = 1;
      for (let next = items.next(); read < 10; read++, next = items.next()) {
        const last = await Promise.race([next.catch(() => ({ done: true })), clock.advance(100).then(() => undefined)]);
        if (last?.done) break;
      }
      expect(read).toBeLessThan(10);
      expect(clock.pendingTimers).toBe(0);
    }),
    { numRuns: 300 },
  );
});
