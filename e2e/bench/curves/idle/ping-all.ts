import type { WebSocket } from 'ws';

/**
 * A heartbeat of ws as its documentation shows it, of one timer that goes over all sockets, and with our time limit. The answer
 * is called with each new socket.
 */
export function pingAll(
  sockets: Iterable<WebSocket>,
  intervalMs: number,
  timeoutMs: number,
): (socket: WebSocket) => void {
  const heardAtMs = new WeakMap<object, number>();
  setInterval(() => {
    const latestMs = performance.now() - intervalMs - timeoutMs;
    for (const socket of sockets) {
      if (heardAtMs.get(socket)! < latestMs) socket.terminate();
      else socket.ping();
    }
  }, intervalMs);
  return (socket) => {
    const hear = () => void heardAtMs.set(socket, performance.now());
    hear();
    socket.on('pong', hear);
  };
}
