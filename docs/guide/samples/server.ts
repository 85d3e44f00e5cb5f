import { serve } from '@holdfast/node/server';

const server = await serve({ port: 8080, path: '/live' }, (connection) => {
  connection.on('message', ({ data }) => connection.send(data));
  connection.on('closed', ({ code, error }) => console.log('left', code, error?.message ?? ''));
  connection.on('error', ({ error }) => console.error('a listener threw', error.cause));
});

console.log('listening on', server.port);

// #region sigterm
process.once('SIGTERM', () => {
  void server.close().then(() => console.log('all have left'));
});
// #endregion sigterm
