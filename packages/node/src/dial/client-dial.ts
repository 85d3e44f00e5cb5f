import type { Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import type { Clock } from '@holdfast/core/adapter';
import type { ResolvedCompression } from '../deflate/options.ts';
import { acceptKey } from '../handshake/accept-key.ts';
import { type Agreement, checkResponse, type ClientRequest, formatRequest } from '../handshake/client-handshake.ts';
import { parseEndpoint } from '../handshake/endpoint.ts';
import type { HeadLimits } from '../handshake/http-head.ts';
import { RefusedResponse } from '../handshake/refused-response.ts';
import { type ResponseHead, ResponseHeadParser } from '../handshake/response-head.ts';
import { nextMaskingKey } from '../masking-keys.ts';
import type { TlsOptions } from '../options.ts';
import type { ReadMemory } from './read-memory.ts';
import { openSocket, socketError } from './open-socket.ts';

/** What a dial needs besides the URL and the sub-protocols. */
export interface ClientDialOptions {
  readonly limits: HeadLimits;
  readonly clock: Clock;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsOptions;
  /** What compression is offered, the preferred first. */
  readonly compression: readonly ResolvedCompression[];
}

/** Where to dial. */
interface DialRequest {
  /** An absolute ws: or wss: URL. */
  readonly url: string;
  /** Sub-protocols to offer, in order of preference. */
  readonly protocols: readonly string[];
}

/** A socket whose handshake is done, and what was agreed on. */
export interface OpenedSocket extends Agreement {
  readonly socket: Socket;
  /** What the chunks of the socket are in; absent where each has memory of its own. */
  readonly memory: ReadMemory | undefined;
  /** What came behind the response's head, and belongs to the protocol. */
  readonly rest: Uint8Array;
}

/** How a dial ends: one of the two is called, once, unless it was given up. */
export interface ClientDialHandler {
  onOpen(opened: OpenedSocket): void;
  onFail(error: HoldfastError): void;
}

/** How long the body of a refusal is waited for, in ms. */
const refusalTimeoutMs = 1_000;
/** How many interim responses (1xx, RFC 9110 15.2) are passed over. */
const maxInterimResponses = 8;

/** Connects, and shakes hands as a client (RFC 6455 4.1). The answer gives the dial up. */
export function dialServer(
  { url, protocols }: DialRequest,
  options: ClientDialOptions,
  handler: ClientDialHandler,
): () => void {
  const endpoint = parseEndpoint(url);
  const request: ClientRequest = {
    endpoint,
    protocols,
    key: randomKey(),
    compression: options.compression,
    headers: options.headers,
  };
  const { socket, readyEvent, memory } = openSocket(endpoint, options.tls);
  let parser = new ResponseHeadParser(options.limits);
  let interimResponses = 0;
  let refused: RefusedResponse | undefined;
  let cancelTimer: (() => void) | undefined;

  const onReady = () => socket.write(formatRequest(request), 'latin1');
  const onError = (error: Error) => fail(socketError(error, endpoint));
  const onClose = () => {
    fail(refused?.toError() ?? new HoldfastError('connection-lost', 'the connection ended during the handshake'));
  };
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
    if (head.status === 101) open(head, rest);
    else if (head.status < 200 && interimResponses++ < maxInterimResponses) {
      parser = new ResponseHeadParser(options.limits);
      readHead(rest);
    } else {
      refused = new RefusedResponse(head);
      cancelTimer = options.clock.after(refusalTimeoutMs, onClose);
      collectRefusal(rest);
    }
  };
  const collectRefusal = (chunk: Uint8Array) => {
    if (refused?.push(chunk)) fail(refused.toError());
  };

  const open = (head: ResponseHead, rest: Uint8Array) => {
    const { protocol, deflate } = checkResponse(head, request, acceptKey);
    detach();
    handler.onOpen({ protocol, deflate, socket, rest, memory });
  };
  const fail = (error: HoldfastError) => {
    giveUp();
    handler.onFail(error);
  };
  const detach = () => {
    cancelTimer?.();
    socket.off(readyEvent, onReady).off('error', onError).off('close', onClose).off('data', onData);
  };
  const giveUp = () => {
    detach();
    // A socket that is destroyed may still tell an error, which nobody needs any more.
    socket.on('error', () => {}).destroy();
  };

  socket.setNoDelay(true);
  socket.once(readyEvent, onReady).on('error', onError).on('close', onClose).on('data', onData);
  return giveUp;
}

/** 16 bytes of the CSPRNG in base64 (RFC 6455 4.1), from the pool of masking keys: alone they cost 12 µs, from it 1. */
function randomKey(): string {
  const key = Buffer.allocUnsafe(16);
  for (let at = 0; at < 16; at += 4) key.set(nextMaskingKey(), at);
  return key.toString('base64');
}
