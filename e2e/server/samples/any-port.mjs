// Before a sample in its process: it listens on a free port of the loopback instead of the one that it names to its reader.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  const listener = args.find((arg) => typeof arg === 'function');
  this.once('listening', () => process.send?.({ port: this.address().port }));
  return listen.call(this, { port: 0, host: '127.0.0.1' }, ...(listener ? [listener] : []));
};
// The sample ends by itself when it has nothing left to do.
process.channel?.unref();
