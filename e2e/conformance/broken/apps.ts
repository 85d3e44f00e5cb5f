import type { Socket } from 'node:net';
import { type App, AppLog } from '../tcp/app.ts';
import { dial, listen } from '../tcp/listen.ts';
import { RawPeer } from '../tcp/raw-peer.ts';
import { TcpBench } from '../tcp/tcp-bench.ts';

/** The answer of a server to a close frame with 1000. */
const closeFrame = Buffer.of(0x88, 2, 0x03, 0xe8);

/** How a server that answers each chunk with a close frame goes on. */
export type Ending = (socket: Socket) => void;

/** A bench whose server does what it likes with the end of TCP; its app is told a clean end. */
export async function openServerThat(ending: Ending): Promise<TcpBench> {
  const log = new AppLog();
  const app: App = { log, act: async () => {}, abandon: () => {} };
  let ours: Socket | undefined;
  const listener = await listen((socket) => {
    ours = socket;
    socket.on('error', () => {});
    socket.on('close', () => log.end({ code: 1000, reason: '', wasClean: true, error: '' }));
    socket.once('data', () => socket.write(closeFrame, () => ending(socket)));
  });
  const peer = new RawPeer(await dial(listener.port), 'server', false);
  listener.stop();
  return new TcpBench('server', { ...app, abandon: () => ours?.destroy() }, peer, false);
}
