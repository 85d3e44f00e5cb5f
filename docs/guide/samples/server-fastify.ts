import { serve } from '@holdfast/node/server';
import fastify from 'fastify';

const app = fastify();
app.get('/', () => 'a page');

const live = await serve({ server: app.server, path: '/live' }, (connection) => {
  connection.on('message', ({ data }) => connection.send(data));
});

// Not `onClose`: that one is called when all sockets have ended, those of `live` too.
app.addHook('preClose', () => live.close());

await app.listen({ port: 8080 });
process.once('SIGTERM', () => void app.close());
