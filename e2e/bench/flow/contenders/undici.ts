import { once } from 'node:events';
import { WebSocket } from 'undici';
import { messagesOf } from '../workload.ts';
import { type Contender, fullBytes, inTurn, nextTurn, question } from './kind.ts';

/** The WebSocket of undici, which Node 22 and later have as a global. It reads what is compressed, and compresses nothing. */
export const undici: Contender<WebSocket> = {
  name: 'undici',
  async dial(url) {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    await once(socket, 'open');
    return socket;
  },
  async hangUp(socket) {
    const closed = once(socket, 'close');
    socket.close(1000);
    await closed;
  },
  lineOf(socket, workload) {
    const next = inTurn(messagesOf(workload) as (string | Uint8Array<ArrayBuffer>)[]);
    const sendMany = (count: number) => {
      for (let sent = 0; sent < count; sent++) socket.send(next());
    };
    return {
      sendMany,
      ask: () => socket.send(question),
      async sendTurn(count) {
        sendMany(count);
        // Nothing tells when it has been written.
        do await nextTurn();
        while (socket.bufferedAmount >= fullBytes);
      },
      onMessages(listener) {
        socket.addEventListener('message', () => listener(1));
      },
    };
  },
};
