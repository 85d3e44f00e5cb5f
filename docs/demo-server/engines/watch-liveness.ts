import type { WebSocket } from 'ws';

/**
 * Pings every connection each `intervalMs` and ends the ones that left the ping before unanswered.
 * Answers with the function that stops it.
 */
export function watchLiveness(connections: () => Iterable<WebSocket>, intervalMs: number): () => void {
  const unanswered = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of connections()) {
      if (unanswered.has(socket)) {
        socket.terminate();
        continue;
      }
      unanswered.add(socket);
      socket.once('pong', () => unanswered.delete(socket));
      socket.ping();
    }
  }, intervalMs);
  return () => clearInterval(timer);
}
