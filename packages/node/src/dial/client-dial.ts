import type { Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import type { Clock } from '@holdfast/core/adapter';
import type { ResolvedCompression } from '../deflate/options.ts';
import type { Agreement, ClientRequest } from '../handshake/client-handshake.ts';
import { parseEndpoint } from '../handshake/endpoint.ts';
import type { ResponseHead } from '../handshake/response-head.ts';
import { nextMaskingKey } from '../masking-keys.ts';
import { type LineOptions, openLine } from './open-line.ts';
import type { ReadMemory } from './read-memory.ts';
import { isRedirect, redirectOf } from './redirect.ts';
import { shakeHands } from './shake-hands.ts';

/** What a dial needs besides the URL and the sub-protocols. */
export interface ClientDialOptions extends LineOptions {
  readonly clock: Clock;
  /** What the app says, and only to the server that it named. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who asks, to whatever server. */
  readonly origin: string | undefined;
  /** What compression is offered, the preferred first. */
  readonly compression: readonly ResolvedCompression[];
  /** How many redirects in a row are followed. */
  readonly followRedirects: number;
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

/** Connects, and shakes hands as a client (RFC 6455 4.1), where it is sent to if redirects are followed. The answer gives the dial up. */
export function dialServer(
  { url, protocols }: DialRequest,
  options: ClientDialOptions,
  { onOpen, onFail }: ClientDialHandler,
): () => void {
  const { headers, origin, compression, followRedirects } = options;
  let giveUp: () => void;

  const dial = (at: string, mayKnow: boolean, redirects: number) => {
    const endpoint = parseEndpoint(at);
    const said = mayKnow ? headers : {};
    const request: ClientRequest = {
      endpoint,
      protocols,
      key: randomKey(),
      compression,
      headers: origin === undefined ? said : { ...said, Origin: origin },
    };
    const onElsewhere = (head: ResponseHead): boolean => {
      if (followRedirects === 0 || !isRedirect(head.status)) return false;
      if (redirects >= followRedirects) throw new HoldfastError('redirect-refused', `over ${followRedirects} in a row`);
      const { url: next, isSameOrigin } = redirectOf(at, head);
      dial(next, mayKnow && isSameOrigin, redirects + 1);
      return true;
    };
    giveUp = openLine(endpoint, options, {
      onFail,
      onReady(socket, memory) {
        giveUp = shakeHands(socket, request, options, {
          onAgreed: ({ protocol, deflate }, rest) => onOpen({ protocol, deflate, socket, rest, memory }),
          onElsewhere,
          onFail,
        });
      },
    });
  };
  dial(url, true, 0);
  return () => giveUp();
}

/** 16 bytes of the CSPRNG in base64 (RFC 6455 4.1), from the pool of masking keys: alone they cost 12 µs, from it 1. */
function randomKey(): string {
  const key = Buffer.allocUnsafe(16);
  for (let at = 0; at < 16; at += 4) key.set(nextMaskingKey(), at);
  return key.toString('base64');
}
