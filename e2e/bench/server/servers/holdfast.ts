import { serve } from '@holdfast/node/server';
import type { BenchServer, ServerWork } from './kind.ts';

/** Ours, as it comes, but that it lets in as many as the others do. */
export async function holdfastServer({ mode, onQuestion, message }: ServerWork): Promise<BenchServer> {
  const server = await serve({ port: 0, host: '127.0.0.1', limits: { maxConnections: 100_000 } }, (connection) => {
    connection.on('message', ({ data }) => {
      if (mode === 'echo') connection.send(data);
      else onQuestion();
    });
  });
  return { port: server.port, broadcast: () => void server.broadcast(message) };
}
