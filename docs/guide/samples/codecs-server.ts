import { serve } from '@holdfast/node/server';
import { messages } from './codecs-messages.ts';

const codec = messages.flip({ whenInvalid: 'close' });

const server = await serve({ port: 8080, path: '/chat', codec }, (connection) => {
  const name = `guest ${server.connections.size}`;
  server.broadcast({ type: 'joined', name });
  connection.on('message', ({ data }) => server.broadcast({ type: 'said', name, text: data.text }));
});

process.once('SIGTERM', () => void server.close());
