import type { Socket } from 'node:net';
import type { HoldfastError } from '@holdfast/core';
import { formatRefusal } from '../handshake/refusal.ts';
import { platformClock } from '../platform-clock.ts';

/** How long a client that was refused may take to read why and to end its side, in ms. */
const lingerMs = 1_000;

/** Answers a handshake by a refusal, and ends the connection behind it. */
export function refuse(socket: Socket, error: HoldfastError): void {
  const cancel = platformClock.after(lingerMs, () => socket.destroy());
  // What it still sends is read and dropped: a reset would take back the answer.
  socket
    .on('error', () => {})
    .on('close', cancel)
    .resume();
  socket.end(formatRefusal(error));
}
