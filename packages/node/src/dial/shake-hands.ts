import type { Socket } from 'node:net';
import type { HoldfastError } from '@holdfast/core';
import type { Clock } from '@holdfast/core/adapter';
import { acceptKey } from '../handshake/accept-key.ts';
import { type Agreement, checkResponse, type ClientRequest, formatRequest } from '../handshake/client-handshake.ts';
import type { HeadLimits } from '../handshake/http-head.ts';
import { RefusedResponse } from '../handshake/refused-response.ts';
import { type ResponseHead, ResponseHeadParser } from '../handshake/response-head.ts';
import { placeOf, socketError } from './open-socket.ts';
import { destroy, endedEarly } from './when-ready.ts';

/** How a handshake ends: one of these is called, once, unless it was given up. */
export interface HandshakeHandler {
  /** `rest` came behind the response's head, and belongs to the protocol. */
  onAgreed(agreement: Agreement, rest: Uint8Array): void;
  /** Answers whether it goes on elsewhere after a response that is not 101, which is a failure otherwise. May throw one. */
  onElsewhere(head: ResponseHead): boolean;
  onFail(error: HoldfastError): void;
}

/** How long the body of a refusal is waited for, in ms. */
const refusalTimeoutMs = 1_000;
/** How many interim responses (1xx, RFC 9110 15.2) are passed over. */
const maxInterimResponses = 8;

/** Shakes hands as a client (RFC 6455 4.1) over a socket that is connected. The answer gives it up, and destroys the socket. */
export function shakeHands(
  socket: Socket,
  request: ClientRequest,
  { limits, clock }: { readonly limits: HeadLimits; readonly clock: Clock },
  handler: HandshakeHandler,
): () => void {
  let parser = new ResponseHeadParser(limits);
  let interimResponses = 0;
  let refused: RefusedResponse | undefined;
  let cancelTimer: (() => void) | undefined;

  const onError = (error: Error) => fail(socketError(error, placeOf(request.endpoint)));
  const onClose = () => fail(refused?.toError() ?? endedEarly());
  const onData = (chunk: Uint8Array) => {
    try {
      if (refused) collectRefusal(chunk);
      else readHead(chunk);
    } catch (error) {
      fail(error as HoldfastError);
    }
  };

  const readHead = (chunk: Uint8Array): void => {
    const result = parser.push(chunk);
    if (!result) return;
    const { head, rest } = result;
    if (head.status === 101) agree(head, rest);
    else if (head.status < 200 && interimResponses++ < maxInterimResponses) {
      parser = new ResponseHeadParser(limits);
      readHead(rest);
    } else if (handler.onElsewhere(head)) giveUp();
    else {
      refused = new RefusedResponse(head);
      cancelTimer = clock.after(refusalTimeoutMs, onClose);
      collectRefusal(rest);
    }
  };
  const collectRefusal = (chunk: Uint8Array) => {
    if (refused?.push(chunk)) fail(refused.toError());
  };

  const agree = (head: ResponseHead, rest: Uint8Array) => {
    const agreement = checkResponse(head, request, acceptKey);
    detach();
    handler.onAgreed(agreement, rest);
  };
  const fail = (error: HoldfastError) => {
    giveUp();
    handler.onFail(error);
  };
  const detach = () => {
    cancelTimer?.();
    socket.off('error', onError).off('close', onClose).off('data', onData);
  };
  const giveUp = () => {
    detach();
    destroy(socket);
  };

  socket.on('error', onError).on('close', onClose).on('data', onData);
  socket.write(formatRequest(request), 'latin1');
  return giveUp;
}
