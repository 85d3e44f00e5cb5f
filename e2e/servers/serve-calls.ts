import type { Connection } from '@holdfast/node/server';
import { createRpc, serveRpc } from 'holdfast/rpc';
import { clientApi, serverApi } from './call-api.ts';

/** Answers the calls of the clients of one server. */
export function createCallService(): (connection: Connection) => void {
  let aborted = 0;
  let made = 0;
  let connections = 0;
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
        reject(signal.reason as Error);
      });
    });
  return (connection) => {
    connections += 1;
    const number = connections;
    const client = createRpc(connection, clientApi);
    serveRpc(
      connection,
      serverApi,
      {
        add: ({ a, b }) => a + b,
        find: (id, { fail }) => {
          throw fail('not-found', { id });
        },
        fail: () => {
          throw new Error('the password is 1234');
        },
        wait: (_, { signal }) => untilAborted(signal),
        aborted: () => aborted,
        greet: async () => `hello ${await client.call('name')}`,
        again: (_, { signal }) => (number === 1 ? untilAborted(signal) : number),
        async *count({ to }, { signal }) {
          signal.addEventListener('abort', () => {
            aborted += 1;
          });
          for (let n = 1; n <= to; n++) {
            made = n;
            yield n;
          }
        },
        made: () => made,
      },
      { onError: () => {} },
    );
  };
}
