import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import { EchoSide, type MakeProtocol, protocolOptions } from '../feed/protocol-side.ts';
import type { Role, Row } from '../row/row.ts';
import { type App, AppLog } from './app.ts';

/** A Protocol on a bare socket, carried out as its documentation asks, for rows that need more than an app is offered. */
export function protocolApp(socket: Socket, row: Row, role: Role, make: MakeProtocol): App {
  const log = new AppLog();
  const options = protocolOptions(row, role, () => randomBytes(4));
  const side = new EchoSide(make(options), {
    onWrite: (chunk) => void socket.write(chunk),
    onEvent: (event) => {
      if (event.type === 'message') log.hear(event.data);
    },
  });
  const follow = () => {
    if (side.protocol.transport === 'end' && !socket.writableEnded) socket.end();
  };

  let error: HoldfastError | undefined;
  socket.on('data', (chunk: Buffer) => {
    side.receive(chunk);
    follow();
  });
  socket.on('error', (cause) => {
    error = new HoldfastError('connection-lost', cause.message, { cause });
  });
  // The peer has ended its half: there is nothing left to wait for.
  socket.on('end', () => socket.end());
  socket.on('close', () => log.end(side.outcome(error)));
  return { log, act: async (act) => side.act(act), abandon: () => socket.destroy() };
}
