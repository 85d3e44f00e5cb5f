import { connect } from 'node:net';
import { readHead } from '../../../conformance/tcp/handshake.ts';
import { type Contender, fullBytes } from '../contender.ts';
import { clientFrame, serverFrameBytes } from '../frames.ts';
import { requestHead } from '../request-head.ts';

/** A socket alone, with bytes that were framed beforehand: what no WebSocket in JavaScript can go past. */
export const bareSocket: Contender = {
  name: 'bare socket',
  async open(url, workload) {
    const { hostname, port, pathname, search } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.write(requestHead(pathname + search));
    const { rest } = await readHead(socket);
    if (rest.length > 0) throw new Error('the peer spoke first');
    const frame = clientFrame(workload);
    const chunks = new Map<number, Buffer>();
    return {
      sendMany(count) {
        const chunk = chunks.get(count) ?? Buffer.concat(Array.from({ length: count }, () => frame));
        chunks.set(count, chunk);
        socket.write(chunk);
      },
      ready() {
        return new Promise((resolve) => {
          if (socket.writableLength >= fullBytes) socket.once('drain', resolve);
          else setImmediate(resolve);
        });
      },
      onMessages(listener) {
        // Only bytes are counted; what says that all has come is shorter than any message.
        const frameBytes = workload.kind === 'send' ? 1 : serverFrameBytes(workload.size);
        let bytes = 0;
        socket.on('data', (chunk) => {
          bytes += chunk.length;
          const whole = workload.kind === 'send' ? 1 : Math.floor(bytes / frameBytes);
          bytes -= whole * frameBytes;
          if (whole > 0) listener(whole);
        });
        socket.resume();
      },
      close: () => socket.destroy(),
    };
  },
};
