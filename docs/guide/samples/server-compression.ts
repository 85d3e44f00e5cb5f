import { serve } from '@holdfast/node/server';

// #region server
const server = await serve({ port: 8080, compression: true }, (connection) => {
  connection.on('message', ({ data }) => {
    // Bytes are photos here, which are compressed already.
    connection.send(data, { compress: typeof data === 'string' });
  });
});
// #endregion server
console.log('listening on', server.port);
