import type { Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import type { SocketDial } from './open-socket.ts';
import type { ReadMemory } from './read-memory.ts';

/** How the making of a line ends: one of the two is called, once, unless it was given up. */
export interface LineHandler {
  /** The socket carries the server's bytes; `memory` is what its chunks are in, absent where each has memory of its own. */
  onReady(socket: Socket, memory: ReadMemory | undefined): void;
  onFail(error: HoldfastError): void;
}

/** The line ended in order before the server had answered. */
export function endedEarly(): HoldfastError {
  return new HoldfastError('connection-lost', 'the connection ended during the handshake');
}

/** Waits until a socket is connected; `toError` tells what its error means, or its end without one. The answer destroys it. */
export function whenReady(
  { socket, readyEvent, memory }: SocketDial,
  toError: (error?: Error) => HoldfastError,
  handler: LineHandler,
): () => void {
  const onReady = () => {
    detach();
    handler.onReady(socket, memory);
  };
  const onError = (error: Error) => fail(toError(error));
  const onClose = () => fail(toError());
  const fail = (error: HoldfastError) => {
    giveUp();
    handler.onFail(error);
  };
  const detach = () => void socket.off(readyEvent, onReady).off('error', onError).off('close', onClose);
  const giveUp = () => {
    detach();
    destroy(socket);
  };
  socket.setNoDelay(true).once(readyEvent, onReady).on('error', onError).on('close', onClose);
  return giveUp;
}

/** Destroys a socket, which may still tell an error that nobody needs any more. */
export function destroy(socket: Socket): void {
  socket.on('error', () => {}).destroy();
}
