import { once } from 'node:events';
import { WebSocket } from 'undici';
import { type Contender, untilBelow } from '../contender.ts';
import { messageOf } from '../workload.ts';

/** The WebSocket of undici, which Node 22 and later have as a global. */
export const undici: Contender = {
  name: 'undici',
  async open(url, workload) {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    await once(socket, 'open');
    const message = messageOf(workload) as string | Uint8Array<ArrayBuffer>;
    return {
      sendMany(count) {
        for (let sent = 0; sent < count; sent++) socket.send(message);
      },
      ready: () => untilBelow(() => socket.bufferedAmount),
      onMessages(listener) {
        socket.addEventListener('message', () => listener(1));
      },
      close: () => socket.close(),
    };
  },
};
