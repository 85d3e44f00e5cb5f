import { once } from 'node:events';
import { WebSocket } from 'ws';
import { messagesOf } from '../workload.ts';
import { type Contender, fullBytes, inTurn, nextTurn, question } from './kind.ts';

/** ws, with bufferutil and utf-8-validate beside it. */
export const ws: Contender<WebSocket> = {
  name: 'ws',
  async dial(url, { isFeed }) {
    const socket = new WebSocket(url, isFeed ? { perMessageDeflate: { threshold: 0 } } : {});
    await once(socket, 'open');
    return socket;
  },
  async hangUp(socket) {
    const closed = once(socket, 'close');
    socket.close(1000);
    await closed;
  },
  lineOf(socket, workload) {
    // A Buffer is what it takes as it is.
    const next = inTurn(messagesOf(workload).map((one) => (typeof one === 'string' ? one : Buffer.from(one))));
    const sendMany = (count: number) => {
      for (let sent = 0; sent < count; sent++) socket.send(next());
    };
    return {
      sendMany,
      ask: () => socket.send(question),
      async sendTurn(count) {
        sendMany(count - 1);
        const written = new Promise<void>((resolve) => socket.send(next(), () => resolve()));
        if (socket.bufferedAmount >= fullBytes) await written;
        else await nextTurn();
      },
      onMessages(listener) {
        socket.on('message', (data, isBinary) => {
          // Text comes as bytes, which an app turns into text.
          if (!isBinary) (data as Buffer).toString();
          listener(1);
        });
      },
    };
  },
};
