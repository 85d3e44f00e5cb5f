import { startChild } from '../child.ts';
import type { CrowdOrder } from '../curves/idle/crowd-process.ts';
import type { Stage } from '../plan.ts';
import { grownBytes, sharedBy, type UsedBytes } from './used-bytes.ts';

/** What a server holds for its idle connections. Each round is of two new processes, one for the clients, which are bare sockets. */
export async function openServerMemory(): Promise<Stage> {
  return {
    async round(name, count) {
      const [server, crowd] = await Promise.all([
        startChild(new URL('server-process.ts', import.meta.url), [name], ['--expose-gc']),
        startChild(new URL('../curves/idle/crowd-process.ts', import.meta.url)),
      ]);
      const { port } = server.hello as { port: number };
      const openSome = (some: number) => crowd.ask({ port, count: some } satisfies CrowdOrder);
      await openSome(sharedBy);
      const before = (await server.ask({})) as UsedBytes;
      const begin = performance.now();
      await openSome(count);
      const ms = performance.now() - begin;
      const after = (await server.ask({})) as UsedBytes;
      await crowd.end();
      await server.end();
      return { count, ms, ...grownBytes(before, after, count) };
    },
    close: async () => {},
  };
}
