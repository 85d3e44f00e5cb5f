// The server of the crowd, in a process of its own, so that its memory is its alone.
import { serve } from '@holdfast/node/server';
import type { Measure, ServerOrder, ServerWord } from './words.ts';

const heartbeat = { intervalMs: 1_000, timeoutMs: 10_000 };
const server = await serve({ port: 0, host: '127.0.0.1', heartbeat }, () => {});
const say = (word: ServerWord) => process.send?.(word);

function measure(): Measure {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    connections: server.connections.size,
    alive: [...server.connections].filter(({ latencyMs }) => latencyMs !== undefined).length,
    heapBytes: heapUsed,
    externalBytes: external,
    rssBytes: rss,
  };
}

const orders: Readonly<Record<ServerOrder, () => Promise<void> | void>> = {
  measure: () => void say({ measured: measure() }),
  broadcast: () => void say({ reached: server.broadcast('to all') }),
  close: async () => {
    await server.close();
    say({ closed: true });
    process.disconnect();
  },
};

process.on('message', (order: ServerOrder) => void orders[order]());
say({ port: server.port });
