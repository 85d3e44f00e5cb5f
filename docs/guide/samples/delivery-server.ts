import { serve } from '@holdfast/node/server';

const server = await serve({ port: 8080, delivery: true }, (connection) => {
  // One connection for a client, however often its line breaks.
  connection.on('message', ({ data }) => connection.send(`${connection.delivery?.received}. ${String(data)}`));
  connection.on('disconnected', ({ uncertain }) => console.log('away, with', uncertain.messages, 'to come'));
  connection.on('open', () => console.log('back again'));
  connection.on('closed', ({ code }) => console.log('left', code));
});

process.once('SIGTERM', () => void server.close());
