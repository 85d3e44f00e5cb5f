import { serve } from '@holdfast/node/server';

const server = await serve({ port: 8080, path: '/live', origin: 'https://example.org' }, async (connection) => {
  connection.send(`welcome, you are one of ${server.connections.size}`);
  for await (const message of connection) {
    server.broadcast(message); // encoded once; who does not read is dropped, and holds up nobody
  }
});

process.once('SIGTERM', () => void server.close()); // tells all clients to go, and waits for them within a limit
