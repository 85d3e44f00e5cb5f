import type { RpcPeer } from '../rpc/peer.ts';
import { type FilePacket, formatPacket, readPacket, type SenderPacket } from './packet.ts';

/** What files travel over: a Client, a server's Connection, or anything that has so much of them. */
export type FilePeer = RpcPeer;

/** What all files share that are sent over one peer. */
export interface OutgoingLine {
  /** A new number, and who hears what the peer says of it. */
  readonly begin: (onPacket: (packet: FilePacket) => void) => number;
  readonly end: (transfer: number) => void;
  readonly tell: (packet: SenderPacket) => void;
  /** Does this when the peer has room for more, one after the other: so that many files share the line fairly. */
  readonly inTurn: (task: () => void) => Promise<void>;
}

const lines = new WeakMap<FilePeer, OutgoingLine>();

/** The line of this peer. */
export function outgoingLine(peer: FilePeer): OutgoingLine {
  const line = lines.get(peer) ?? createLine(peer);
  lines.set(peer, line);
  return line;
}

function createLine(peer: FilePeer): OutgoingLine {
  const listeners = new Map<number, (packet: FilePacket) => void>();
  let lastTransfer = 0;
  let stop = () => {};
  let lastTurn: Promise<unknown> = Promise.resolve();
  const onMessage = ({ data }: { readonly data: unknown }) => {
    const packet = readPacket(data);
    if (packet && packet.file !== 'malformed') listeners.get(packet.transfer)?.(packet);
  };
  return {
    begin(onPacket) {
      if (listeners.size === 0) stop = peer.on('message', onMessage);
      lastTransfer = (lastTransfer % (2 ** 32 - 1)) + 1;
      listeners.set(lastTransfer, onPacket);
      return lastTransfer;
    },
    end(transfer) {
      if (listeners.delete(transfer) && listeners.size === 0) stop();
    },
    tell: (packet) => void peer.send(formatPacket(packet) as never),
    inTurn(task) {
      const turn = lastTurn.then(() => peer.drained?.()).then(task);
      // That one cannot send is for it to tell, and nothing to the next.
      lastTurn = turn.catch(() => {});
      return turn;
    },
  };
}
