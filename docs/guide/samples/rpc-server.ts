import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@holdfast/node/server';
import { createRpc, serveRpc } from 'holdfast/rpc';
import { clientApi, serverApi } from './rpc-api.ts';

const users = new Map([['1', { name: 'Ada' }]]);

const server = await serve({ port: 8080 }, (connection) => {
  const client = createRpc(connection, clientApi);

  serveRpc(connection, serverApi, {
    add: ({ a, b }) => a + b,
    user({ id }, { fail }) {
      const user = users.get(id);
      if (!user) throw fail('not-found', { id });
      return user;
    },
    async *ticks({ everyMs }, { signal }) {
      for (let n = 1; ; n++) {
        yield n;
        await sleep(everyMs, undefined, { signal }); // ends when the reader leaves
      }
    },
    async publish(text) {
      const isSure = await client.call('confirm', `Publish "${text}"?`, { timeoutMs: 60_000 });
      return isSure ? 'published' : 'kept';
    },
  });
});

process.once('SIGTERM', () => void server.close());
