import { createServer } from 'node:http';
import { accept, broadcast, type Connection } from '@holdfast/node/server';

const http = createServer((_, response) => response.end('a page')).listen(8080);
const options = { path: '/live' };
const open = new Set<Connection>();

http.on('upgrade', (request, socket, head) => {
  const connection = accept(request, socket, head, options);
  if (!connection) return; // refused, and answered
  open.add(connection);
  connection.on('closed', () => open.delete(connection));
  connection.on('message', ({ data }) => broadcast(open, data));
});

process.once('SIGTERM', () => {
  http.close();
  for (const connection of open) void connection.close(1001, 'the server is closing');
});
