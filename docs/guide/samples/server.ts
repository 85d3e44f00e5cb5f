import { serve, type ServeOptions } from '@holdfast/node/server';

const onError: ServeOptions['onError'] = (error) => console.error('a fault of ours', error.cause);

const server = await serve({ port: 8080, path: '/live', onError }, (connection) => {
  connection.on('message', ({ data }) => connection.send(data));
  connection.on('closed', ({ code, error }) => console.log('left', code, error?.message ?? ''));
});

console.log('listening on', server.port);

// #region sigterm
process.once('SIGTERM', () => {
  void server.close().then(() => console.log('all have left'));
});
// #endregion sigterm
