import { accept, type AcceptOptions, type Connection, serve } from '@holdfast/node/server';
import type { Attach } from './apps/app.ts';

const options: AcceptOptions = { path: '/live', protocols: ['chat.v2', 'chat.v1'] };

const echo = (connection: Connection) => connection.on('message', ({ data }) => connection.send(data));

/** An echo at `/live` by `serve`, which takes the upgrades by itself. */
export const attachServe: Attach = async (http) => {
  const server = await serve({ ...options, server: http }, echo);
  return { count: () => server.connections.size, drain: () => server.close() };
};

/** The same by `accept`: the app takes the upgrades, and keeps its connections. */
export const attachAccept: Attach = async (http) => {
  const open = new Set<Connection>();
  http.on('upgrade', (request, socket, head) => {
    const connection = accept(request, socket, head, options);
    if (!connection) return;
    open.add(connection);
    connection.on('closed', () => open.delete(connection));
    echo(connection);
  });
  return {
    count: () => open.size,
    async drain() {
      await Promise.all([...open].map((connection) => connection.close(1001, 'the server is closing')));
    },
  };
};
