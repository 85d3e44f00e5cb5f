import type { Socket } from 'node:net';
import { type MakeProtocol, makeProtocol } from '../feed/protocol-side.ts';
import type { Role, Row } from '../row/row.ts';
import { isCompressed } from './options.ts';
import { dial, listen } from './listen.ts';
import { protocolApp } from './protocol-app.ts';
import { RawPeer } from './raw-peer.ts';
import { TcpBench } from './tcp-bench.ts';

/** A Protocol in this role on a bare socket against a peer written by hand, without a handshake. */
export async function openProtocolPair(row: Row, role: Role, make: MakeProtocol = makeProtocol): Promise<TcpBench> {
  let accept: (socket: Socket) => void = () => {};
  const accepted = new Promise<Socket>((resolve) => {
    accept = resolve;
  });
  const listener = await listen(accept);
  const dialled = await dial(listener.port);
  listener.stop();
  const [ours, theirs] = role === 'client' ? [dialled, await accepted] : [await accepted, dialled];
  const app = protocolApp(ours, row, role, make);
  return new TcpBench(role, app, new RawPeer(theirs, role, isCompressed(row)), false);
}
