import type { Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import type { HeadLimits } from '../handshake/http-head.ts';
import { type RequestHead, RequestHeadParser } from '../handshake/request-head.ts';

/** How the reading of a request ends: one of the two is called, once, unless the socket ended before. */
export interface RequestHandler {
  /** The head is there; `rest` came behind it. The socket is paused. */
  onHead(head: RequestHead, rest: Uint8Array): void;
  /** What came is no head, or too much of one. */
  onFail(error: HoldfastError): void;
}

/** Reads the head of a request from a socket. The answer gives it up, and leaves the socket as it is. */
export function readRequest(socket: Socket, limits: HeadLimits, handler: RequestHandler): () => void {
  const parser = new RequestHeadParser(limits);
  const stop = () => {
    socket.off('data', onData);
  };
  const onData = (chunk: Uint8Array) => {
    try {
      const result = parser.push(chunk);
      if (!result) return;
      stop();
      socket.pause();
      handler.onHead(result.head, result.rest);
    } catch (error) {
      stop();
      if (!(error instanceof HoldfastError)) throw error;
      handler.onFail(error);
    }
  };
  socket.on('data', onData);
  return stop;
}
