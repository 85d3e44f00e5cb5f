import { serve } from '@holdfast/node/server';
import express from 'express';

const app = express();
app.get('/', (_, response) => void response.send('a page'));
const http = app.listen(8080);

const live = await serve({ server: http, path: '/live' }, (connection) => {
  connection.on('message', ({ data }) => connection.send(data));
});

process.once('SIGTERM', () => {
  http.close(); // takes nobody new, and waits for all sockets, those of `live` too
  void live.close();
});
