import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { readHead } from '../../../conformance/tcp/handshake.ts';
import { clientFrame, serverFrameBytes } from '../frames.ts';
import { requestHead } from '../request-head.ts';
import type { Workload } from '../workload.ts';
import { type Contender, fullBytes, nextTurn } from './kind.ts';

const question = clientFrame({ kind: 'send', size: 1, isText: false });
/** A close frame of 1000, masked by zeros. */
const goodbye = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]);

/** A socket alone, with bytes that were framed beforehand: what no WebSocket in JavaScript can go past. */
export const bareSocket: Contender<Socket> = {
  name: 'bare socket',
  async dial(url) {
    const { hostname, port, pathname, search } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.write(requestHead(pathname + search));
    const { rest } = await readHead(socket);
    if (rest.length > 0) throw new Error('the peer spoke first');
    return socket;
  },
  async hangUp(socket) {
    const closed = once(socket, 'close');
    socket.write(goodbye);
    socket.resume();
    await closed;
  },
  lineOf(socket, workload) {
    const frame = clientFrame(workload);
    let frames = frame;
    const sendMany = (count: number) => {
      const bytes = count * frame.length;
      if (frames.length < bytes) frames = Buffer.alloc(bytes, frame);
      socket.write(frames.length === bytes ? frames : frames.subarray(0, bytes));
    };
    return {
      sendMany,
      ask: () => void socket.write(question),
      async sendTurn(count) {
        sendMany(count);
        if (socket.writableLength >= fullBytes) await once(socket, 'drain');
        else await nextTurn();
      },
      onMessages(listener) {
        socket.on('data', countMessages(workload, listener));
        socket.resume();
      },
    };
  },
};

/** Only bytes are counted; what says that all has come is shorter than any message. */
function countMessages({ kind, size }: Workload, listener: (count: number) => void): (chunk: Buffer) => void {
  const frameBytes = kind === 'send' ? 1 : serverFrameBytes(size);
  let bytes = 0;
  return ({ length }) => {
    bytes += length;
    const whole = kind === 'send' ? 1 : Math.floor(bytes / frameBytes);
    bytes -= whole * frameBytes;
    if (whole > 0) listener(whole);
  };
}
