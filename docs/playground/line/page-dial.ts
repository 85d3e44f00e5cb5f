import { type Clock, HoldfastError } from '@holdfast/core';
import { abnormal, type LinkHandler } from '@holdfast/core/adapter';
import {
  checkResponse,
  type ClientRequest,
  formatRequest,
} from '../../../packages/node/src/handshake/client-handshake.ts';
import { parseEndpoint } from '../../../packages/node/src/handshake/endpoint.ts';
import { RefusedResponse } from '../../../packages/node/src/handshake/refused-response.ts';
import { ResponseHeadParser } from '../../../packages/node/src/handshake/response-head.ts';
import { encodeHead, headLimits } from './head-limits.ts';
import { pageAcceptKey, toBase64 } from './page-accept-key.ts';
import type { LineEnd } from './page-line.ts';
import { PageLink } from './page-link.ts';

/** What a dial asks for. */
export interface PageDial {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly maxMessageBytes: number;
}

/**
 * Shakes hands over the client's end of a line that is connected, by the handshake of @holdfast/node (RFC 6455 4.1); then
 * it is a Link. Answers what gives it up.
 */
export function shakeHands(end: LineEnd, dial: PageDial, clock: Clock, handler: LinkHandler): () => void {
  const request: ClientRequest = {
    endpoint: parseEndpoint(dial.url),
    key: toBase64(crypto.getRandomValues(new Uint8Array(16))),
    protocols: dial.protocols,
    headers: {},
  };
  const parser = new ResponseHeadParser(headLimits);
  let refused: RefusedResponse | undefined;
  let abandon = () => end.abandon();

  const fail = (error: HoldfastError) => {
    end.handler = { onData() {}, onFinish() {}, onBroken() {} };
    end.abandon();
    handler.onEnd(abnormal(error));
  };
  const read = (bytes: Uint8Array) => {
    if (refused) return void refused.push(bytes);
    const result = parser.push(bytes);
    if (!result) return;
    const { head, rest } = result;
    if (head.status !== 101) {
      refused = new RefusedResponse(head);
      refused.push(rest);
      return;
    }
    const { protocol } = checkResponse(head, request, pageAcceptKey);
    const link = new PageLink(end, protocol, dial.maxMessageBytes, clock, handler);
    abandon = () => link.abandon();
    handler.onOpen(link);
    link.receive(rest);
  };
  const onEnded = () => {
    fail(refused?.toError() ?? new HoldfastError('connection-lost', 'the line was cut during the handshake'));
  };
  end.handler = {
    onData(bytes) {
      try {
        read(bytes);
      } catch (error) {
        fail(error as HoldfastError);
      }
    },
    // A refusal is whole when the server has ended.
    onFinish: onEnded,
    onBroken: onEnded,
  };
  end.write(encodeHead(formatRequest(request)), 'handshake');
  return () => abandon();
}
