import type { ClientEnd, ClientListener } from './client-end.ts';

/** What the clients share that have the shape of a WebSocket. */
interface SocketLike {
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  send(text: string): unknown;
  close(): void;
  readonly bufferedAmount: number;
}

/** A client with the shape of a WebSocket. */
export function listenTo(socket: SocketLike, listener: ClientListener): ClientEnd {
  socket.addEventListener('open', () => listener.onOpen());
  socket.addEventListener('close', () => listener.onEnd());
  socket.addEventListener('error', () => {});
  socket.addEventListener('message', ({ data }) => listener.onMessage(String(data)));
  return {
    send: (text) => void socket.send(text),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    close: () => socket.close(),
  };
}
