import { isIPv6 } from 'node:net';
import type { HeadLimits } from '../../handshake/http-head.ts';
import { headerValues, joinHeaders } from '../../handshake/http-head.ts';
import { ResponseHeadParser } from '../../handshake/response-head.ts';
import { parseRetryAfter } from '../../handshake/retry-after.ts';
import { type Proxy, proxyError } from './proxy.ts';
import type { TunnelTalk } from './tunnel-talk.ts';

/** Asks a proxy of HTTP for a tunnel to a host and a port (RFC 9110 9.3.6, CONNECT). */
export function httpTunnel(proxy: Proxy, host: string, port: number, limits: HeadLimits): TunnelTalk {
  const parser = new ResponseHeadParser(limits);
  return {
    opening: Buffer.from(formatConnect(proxy, `${isIPv6(host) ? `[${host}]` : host}:${port}`), 'latin1'),
    hear(chunk) {
      const read = parser.push(chunk);
      if (!read) return undefined;
      const { head, rest } = read;
      const { status, reason, headers } = head;
      if (status < 200 || status > 299) {
        const retryAfterMs = parseRetryAfter(headerValues(headers, 'retry-after')[0], Date.now());
        throw proxyError(proxy, `answered ${status} ${reason}`.trimEnd(), {
          status,
          headers: joinHeaders(headers),
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        });
      }
      // A server of WebSocket, or of TLS, says nothing before it is asked.
      if (rest.length > 0) throw proxyError(proxy, 'sent bytes before the server was asked for any');
      return 'open';
    },
  };
}

function formatConnect({ credentials, headers }: Proxy, authority: string): string {
  const fields: [string, string][] = [
    ['Host', authority],
    ...(credentials
      ? [['Proxy-Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`] as [string, string]]
      : []),
    ...Object.entries(headers),
  ];
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return `CONNECT ${authority} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
