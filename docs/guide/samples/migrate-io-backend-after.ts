import { EventEmitter, on } from 'node:events';
import { type Connection, serve } from '@holdfast/node/server';
import { serveRpc } from 'holdfast/rpc';
import { api } from './migrate-io-api.ts';

// A room is a set of your own, and what is said in it an event of your own.
const lobby = new Set<Connection>();
const said = new EventEmitter();

await serve({ port: 8080, path: '/live' }, (connection) => {
  lobby.add(connection);
  connection.on('closed', () => lobby.delete(connection));
  serveRpc(connection, api, {
    count: (room) => (room === 'lobby' ? lobby.size : 0),
    say(text) {
      said.emit('lobby', { name: 'ada', text });
      return null;
    },
    async *said(room, { signal }) {
      for await (const [line] of on(said, room, { signal })) yield line as { name: string; text: string };
    },
  });
});
