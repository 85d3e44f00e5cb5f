import { headerValues, joinHeaders, listItems } from '../handshake/http-head.ts';
import type { RequestHead } from '../handshake/request-head.ts';
import { type HandshakeRequest as CheckedRequest, resourceOf } from '../handshake/server-handshake.ts';

/** What a client asked for, as the app of a server sees it. */
export interface HandshakeRequest extends Omit<CheckedRequest, 'headers'> {
  /** Names in lower case; what came in several lines is joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** How a server chooses the sub-protocol: by its own order, or by a function that answers one of those offered. */
export type ProtocolChoice =
  | readonly string[]
  | ((offered: readonly string[], request: HandshakeRequest) => string | undefined);

/** What was asked for in a head that may be refused: as it came, where it is no handshake. */
export function requestOf(head: RequestHead, remoteAddress: string): HandshakeRequest {
  return {
    url: resourceOf(head.target) ?? head.target,
    headers: joinHeaders(head.headers),
    protocols: listItems(headerValues(head.headers, 'sec-websocket-protocol')),
    remoteAddress,
  };
}
