import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Contender, untilBelow } from '../contender.ts';
import { messageOf } from '../workload.ts';

/** ws, with bufferutil and utf-8-validate beside it. */
export const ws: Contender = {
  name: 'ws',
  async open(url, workload) {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const message = messageOf(workload);
    return {
      sendMany(count) {
        for (let sent = 0; sent < count; sent++) socket.send(message);
      },
      ready: () => untilBelow(() => socket.bufferedAmount),
      onMessages(listener) {
        socket.on('message', (data, isBinary) => {
          // Text comes as bytes, which an app turns into text.
          if (!isBinary) (data as Buffer).toString();
          listener(1);
        });
      },
      close: () => socket.close(),
    };
  },
};
