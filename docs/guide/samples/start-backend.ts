import { serve } from '@holdfast/node/server';

// A page of another origin is refused; this is where Vite serves yours.
const options = { port: 8080, path: '/live', origin: 'http://localhost:5173' };

const server = await serve(options, (connection) => {
  connection.on('message', ({ data }) => {
    if (data === 'there?') connection.send('yes');
    else server.broadcast(data);
  });
});

console.log('listening on', server.port);
