import { io } from 'socket.io-client';
import type { StartClient } from './client-end.ts';
import { redial } from './redial.ts';

/** socket.io-client, over its WebSocket transport alone, so that there is one line to break. */
export const startSocketIoClient: StartClient = (url, listener) => {
  const socket = io(url.replace(/^ws/, 'http'), {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: redial.minDelayMs,
    reconnectionDelayMax: redial.maxDelayMs,
  });
  socket.on('connect', () => listener.onOpen());
  socket.on('disconnect', (why) => listener.onEnd(undefined, why));
  socket.on('message', (text: string) => listener.onMessage(text));
  return {
    send: (text) => void socket.emit('message', text),
    bufferedBytes: 0,
    close: () => socket.close(),
  };
};
