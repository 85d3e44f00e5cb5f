import { connect, type Socket } from 'node:net';
import { HeadEnd } from './head-end.ts';
import { Lane } from './lane.ts';
import type { LineFaults } from './line-faults.ts';
import type { Watch, WatchedPiece } from './watched-lines.ts';

/** Joins a client to the server on `port`, starting with what was read of it, and tells the watch of all that passes. */
export function openLine(client: Socket, firstPiece: Uint8Array, port: number, watch: Watch): void {
  const line = watch.nextLine();
  const { refusal } = watch.faults;
  const tapOf = (from: WatchedPiece['from']) => tap(line, from, watch);
  if (refusal) {
    tapOf('client')(firstPiece);
    return refuse(client, refusal, tapOf('server'));
  }
  const server = connect({ port, host: '127.0.0.1', noDelay: true });
  const faults = () => watch.faults;
  const up = new Lane(client, server, faults, tapOf('client'));
  const down = new Lane(server, client, faults, tapOf('server'));
  up.push(firstPiece);
  const cut = () => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };
  const remove = watch.add({
    cut,
    passOn() {
      up.passOn();
      down.passOn();
    },
  });
  for (const socket of [client, server]) {
    socket.on('error', () => undefined);
    // A line that went silent keeps its end to itself as well.
    socket.on('close', () => {
      remove();
      if (!watch.faults.isSilent) client.destroy();
      server.destroy();
    });
  }
}

/** Tells the watch of one direction, the handshake apart from the frames. */
function tap(line: number, from: WatchedPiece['from'], watch: Watch): (piece: Uint8Array) => void {
  const head = new HeadEnd();
  return (piece) => {
    const headBytes = head.push(piece);
    if (headBytes > 0) watch.tell({ line, from, kind: 'handshake', bytes: piece.subarray(0, headBytes) });
    if (headBytes < piece.length) watch.tell({ line, from, kind: 'frames', bytes: piece.subarray(headBytes) });
  };
}

/** Answers in the place of the server, which does not hear of it. */
function refuse(client: Socket, refusal: NonNullable<LineFaults['refusal']>, tell: (piece: Uint8Array) => void): void {
  client.on('error', () => undefined);
  if (refusal === 'refuse') return void client.resetAndDestroy();
  const { status, retryAfterSeconds } = refusal;
  const retry = retryAfterSeconds === undefined ? '' : `Retry-After: ${retryAfterSeconds}\r\n`;
  const head = Buffer.from(
    `HTTP/1.1 ${status} Refused by the line\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`,
  );
  tell(head);
  client.end(head);
}
