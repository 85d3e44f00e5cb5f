// The clients of a server, bare sockets that send what was framed beforehand and count bytes: `load-process.ts PLAN`.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { bareSocket } from '../flow/contenders/bare-socket.ts';
import { clientFrame, serverFrameBytes } from '../flow/frames.ts';
import { openMany } from '../flow/open-many.ts';
import { answerOrders } from '../orders.ts';
import { type ServerPlan, serverWorkload } from './work.ts';

/** Connects to a server, in the place of none, or lets those connections have so many messages. */
export type LoadOrder =
  | { readonly server: string; readonly port: number }
  | { readonly server: string; readonly count: number };

const { mode, connections, atOnce } = JSON.parse(process.argv[2]!) as ServerPlan;
const frameBytes = serverFrameBytes(serverWorkload.size);
const frame = clientFrame(serverWorkload, randomBytes(4));
const frames = Buffer.concat(Array.from({ length: atOnce }, () => frame));
const loads = new Map<string, Load>();

answerOrders({}, (order: LoadOrder) => ('port' in order ? open(order.server, order.port) : round(order)));

async function open(server: string, port: number): Promise<object> {
  const url = `ws://127.0.0.1:${port}/`;
  loads.set(server, new Load(await openMany(connections, () => bareSocket.dial(url, {}))));
  return {};
}

async function round({ server, count }: { readonly server: string; readonly count: number }): Promise<object> {
  const begin = performance.now();
  await loads.get(server)!.run(count);
  return { ms: performance.now() - begin };
}

/** The connections to one server. */
class Load {
  readonly #sockets: readonly Socket[];
  #toSend = 0;
  /** What is still to come, in bytes. */
  #toCome = 0;
  #resolve = () => {};

  constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    for (const socket of sockets) {
      let bytes = 0;
      socket.on('data', ({ length }) => {
        bytes += length;
        const whole = Math.floor(bytes / frameBytes);
        bytes -= whole * frameBytes;
        this.#onCame(socket, whole, length);
      });
      socket.resume();
    }
  }

  /** Sends and gets back so many messages, or has so many broadcast to all together, for which it asks once. */
  run(count: number): Promise<void> {
    this.#toCome = count * frameBytes;
    const done = new Promise<void>((resolve) => (this.#resolve = resolve));
    this.#toSend = mode === 'echo' ? count : 1;
    const asking = mode === 'echo' ? this.#sockets : this.#sockets.slice(0, 1);
    for (const socket of asking) this.#send(socket, atOnce);
    return done;
  }

  #onCame(socket: Socket, messages: number, bytes: number): void {
    if (this.#toSend > 0) this.#send(socket, messages);
    this.#toCome -= bytes;
    if (this.#toCome === 0) this.#resolve();
  }

  #send(socket: Socket, most: number): void {
    const now = Math.min(most, this.#toSend);
    this.#toSend -= now;
    if (now > 0) socket.write(frames.subarray(0, now * frame.length));
  }
}
