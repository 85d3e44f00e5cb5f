import { connect } from '@holdfast/node';
import { type Contender, fullBytes } from '../contender.ts';
import { messageOf } from '../workload.ts';

/** Ours, as it comes. */
export const holdfast: Contender = {
  name: 'holdfast',
  async open(url, workload) {
    const client = connect(url, { reconnect: false });
    await client.once('open');
    const message = messageOf(workload);
    return {
      sendMany(count) {
        for (let sent = 0; sent < count; sent++) client.send(message);
      },
      async ready() {
        if (client.bufferedBytes >= fullBytes) await client.drained();
        else await new Promise((resolve) => void setImmediate(resolve));
      },
      onMessages(listener) {
        client.on('message', () => listener(1));
      },
      close: () => void client.close(),
    };
  },
};
