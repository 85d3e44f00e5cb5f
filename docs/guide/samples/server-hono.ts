import { createServer } from 'node:http';
import { serve } from '@holdfast/node/server';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (context) => context.text('a page'));
const answer = getRequestListener(app.fetch);
const http = createServer((request, response) => void answer(request, response)).listen(8080);

const live = await serve({ server: http, path: '/live' }, (connection) => {
  connection.on('message', ({ data }) => connection.send(data));
});

process.once('SIGTERM', () => {
  http.close();
  void live.close();
});
