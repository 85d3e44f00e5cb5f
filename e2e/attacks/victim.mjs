// A thread with a server or a client of ours, for attacks that could keep it busy for good: who waits for it can give up.
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '@holdfast/node';
import { serve } from '@holdfast/node/server';

if (workerData.url) {
  const client = connect(workerData.url, { reconnect: false, heartbeat: false, ...workerData.options });
  client.on('closed', ({ error }) => parentPort.postMessage({ error: error?.code }, []));
} else {
  const options = { port: 0, host: '127.0.0.1', ...workerData.options };
  const server = await serve(options, () => {});
  parentPort.postMessage({ port: server.port }, []);
}
