import { Child } from '../../server/crowd/child.ts';
import { startGreedyServer } from './greedy-server.ts';
import type { MemoryWord, Series, Way } from './series.ts';

/** Goes one way with so many messages, in a process of its own, and answers what that process held meanwhile. */
export async function measure(way: Way, messages: number): Promise<Series> {
  const server = await startGreedyServer(way.endsWith('send') ? 'does not read' : 'sends without end');
  const entry = new URL('./memory-entry.ts', import.meta.url);
  const child = new Child<MemoryWord>(entry, way, server.url, String(messages));
  try {
    return { way, samples: await child.word(({ samples }) => samples) };
  } finally {
    child.kill();
    await server.close();
  }
}
