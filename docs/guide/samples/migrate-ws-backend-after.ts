import { serve } from '@holdfast/node/server';

const server = await serve({ port: 8080 }, (connection) => {
  connection.on('message', ({ data }) => server.broadcast(data));
  console.log('joined', connection.request.url);
});
