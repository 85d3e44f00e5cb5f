import { connect, type NodeClient } from '@holdfast/node';
import { messagesOf } from '../workload.ts';
import { type Contender, fullBytes, inTurn, nextTurn, question } from './kind.ts';

/** The peer sees no ping among the bytes that it counts: none is due while a bench runs. */
const heartbeat = { intervalMs: 24 * 3_600_000 };

/** Ours, as it comes. */
export const holdfast: Contender<NodeClient> = {
  name: 'holdfast',
  async dial(url, { isFeed }) {
    const client = connect(url, { reconnect: false, heartbeat, ...(isFeed && { compression: { thresholdBytes: 0 } }) });
    await client.once('open');
    return client;
  },
  hangUp: (client) => client.close(),
  lineOf(client, workload) {
    const next = inTurn(messagesOf(workload));
    const sendMany = (count: number) => {
      for (let sent = 0; sent < count; sent++) client.send(next());
    };
    return {
      sendMany,
      ask: () => void client.send(question),
      async sendTurn(count) {
        sendMany(count);
        if (client.bufferedBytes >= fullBytes) await client.drained();
        else await nextTurn();
      },
      onMessages(listener) {
        client.on('message', () => listener(1));
      },
    };
  },
};
