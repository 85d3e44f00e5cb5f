// Any URL, header and sub-protocol that an app may give, with whatever in it, is refused by a HoldfastError that shows no
// password and no query, or leads to one request by RFC 9112: one request line, the fields that were meant and no other,
// and no byte more. That request is one that our own server takes. A URL that was resolved resolves to itself.
import { HoldfastError } from '@holdfast/core';
import { checkProtocols, resolveUrl } from '../../../packages/core/src/session/endpoint.ts';
import { checkHeaders, formatRequest } from '../../../packages/node/src/handshake/client-handshake.ts';
import { type Endpoint, parseEndpoint } from '../../../packages/node/src/handshake/endpoint.ts';
import { RequestHeadParser } from '../../../packages/node/src/handshake/request-head.ts';
import { checkRequest } from '../../../packages/node/src/handshake/server-handshake.ts';
import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { latin1 } from '../generate/http-head.ts';
import { sampleKey } from '../generate/response.ts';
import { generateUrl, mutateText, secret } from '../generate/url.ts';
import { judgeHead, requestLine, valuesOf } from '../reference/reference-head.ts';

const bases = [undefined, undefined, 'https://base.example/dir/page?q=1#f', 'http://base.example:8080/'];
const separator = '\u001e';
const unlimited = { maxHeaderBytes: 1e6, maxHeaders: 100, maxHeaderLineBytes: 1e6 };

const names = [
  'X-Name',
  'Cookie',
  'Origin',
  'User-Agent',
  'Host',
  'Connection',
  'x',
  '',
  'X Y',
  'X\r\n',
  'X:',
  '\u00e9',
  '__proto__',
];
const values = [
  'v',
  '',
  'a b\tc',
  '\u00e9\u00ff',
  'a\r\nX-Injected: 1',
  'a\nb',
  '\0',
  '\u0100',
  '\u20ac',
  ' v ',
  'x'.repeat(200),
];
const protocolLists = ['', 'chat', 'chat,superchat', 'chat,chat', 'a b', 'a\r\nb', '\u00e9', 'v1.chat', '"x"'];

/** Where a client dials and what it asks for there; or with a fault planted in what resolves a URL. */
export function endpointTarget(resolve: typeof resolveUrl = resolveUrl): Target {
  return {
    name: 'endpoint',
    weight: { long: 30, short: 210 },
    headerBytes: 1,
    generate: (random) => concat([random.bytes(1), new Uint8Array(Buffer.from(generateText(random), 'utf16le'))]),
    run(input) {
      // UTF-16, so that a lone surrogate can be meant too.
      const text = Buffer.from(input.subarray(1)).toString('utf16le');
      const [url = '', name = '', value = '', protocols = ''] = text.split(separator);
      const href = attempt(() => resolve(url, bases[(input[0] ?? 0) % 4]));
      if (href instanceof HoldfastError) return [checkRefusal(href, url)];
      holdSame(resolve(href), href, 'a URL that was resolved before');
      const endpoint = parseEndpoint(href);
      checkEndpoint(endpoint, href);
      const given = { [name]: value };
      const offered = protocols === '' ? [] : protocols.split(',');
      const refused = attempt(() => void (checkHeaders(given), checkProtocols(offered)));
      if (refused) return [refused.code];
      return checkText(formatRequest({ endpoint, key: sampleKey, protocols: offered, headers: given }), name, endpoint);
    },
  };
}

function generateText(random: Random): string {
  const usual = (list: readonly string[]) => (random.chance(0.5) ? (list[0] as string) : random.pick(list));
  const value = usual(values);
  const parts = [
    generateUrl(random),
    usual(names),
    random.chance(0.1) ? mutateText(random, value) : value,
    usual(protocolLists),
  ];
  return parts.join(separator);
}

function checkRefusal(error: HoldfastError, url: string): string {
  holdSame(error.code, 'invalid-url', 'refusal of a URL');
  // It is a secret where it stands before an @ of the authority, or in the query.
  const isSecret = new RegExp(`^[^?#]*${secret}[^/\\\\?#]*@|\\?.*${secret}`, 's').test(url);
  // Not where the same word stands elsewhere too.
  const elsewhere = url.replace(/\?.*/s, '').replace(/.*@/s, '');
  hold(
    !isSecret || elsewhere.includes(secret) || !error.message.includes(secret),
    () => `a secret is shown: ${JSON.stringify(error.message)}`,
  );
  return error.code;
}

function checkEndpoint({ host, port, authority, resource }: Endpoint, href: string): void {
  hold(/^wss?:\/\//.test(href) && !href.includes('#'), () => `resolved to ${href}`);
  hold(host !== '', () => `no host in ${href}`);
  hold(Number.isInteger(port) && port >= 0 && port <= 65_535, () => `port ${port} of ${href}`);
  const url = new URL(href);
  holdSame(String(port), url.port || (url.protocol === 'wss:' ? '443' : '80'), 'port');
  holdSame(authority, url.host, 'authority');
  // RFC 3986 3.3, 3.4.
  hold(/^\/[\w\-.~!$&'()*+,;=:@/?%]*$/.test(resource), () => `resource ${resource}`);
}

function checkText(request: string, name: string, endpoint: Endpoint): string[] {
  const { head } = judgeHead(request, requestLine, unlimited);
  hold(head !== undefined, () => `the request is no head: ${request}`);
  holdSame(head.bytes, request.length, 'length of the request');
  holdSame(head.startLine, `GET ${endpoint.resource} HTTP/1.1`, 'request line');
  const standard = [
    'host',
    'upgrade',
    'connection',
    'sec-websocket-key',
    'sec-websocket-version',
    'sec-websocket-protocol',
    'authorization',
  ];
  const others = head.fields.filter(([field]) => !standard.includes(field)).map(([field]) => field);
  holdSame(others.join(), standard.includes(name.toLowerCase()) ? '' : name.toLowerCase(), 'fields of our own');
  // RFC 9110 7.2, RFC 6455 4.1: each of these once.
  for (const field of standard.slice(0, 5)) holdSame(valuesOf(head, field).length, 1, `count of ${field}`);
  // The URL parser takes characters in a name that no name may have (RFC 3986 3.2.2), such as a quote.
  const isName = /^[\w.~!$&'()*+,;=%:[\]-]+$/.test(endpoint.authority);
  return [isName && name.toLowerCase() !== 'host' ? checkByServer(request) : 'a host that is none'];
}

function checkByServer(request: string): string {
  const read = new RequestHeadParser(unlimited).push(latin1(request));
  hold(read !== undefined, 'our own server waits for more');
  checkRequest(read.head, '', { path: undefined, origin: '*', protocols: [] });
  return 'taken by our own server';
}
