import { toUsvString } from './web-idl.ts';

/**
 * The absolute ws: or wss: URL that is meant; http: and https: count as ws: and wss:. There is no page, so a relative URL
 * has no base. Throws a SyntaxError (WHATWG WebSockets, constructor, steps 1 to 7).
 */
export function parseWebSocketUrl(value: unknown): URL {
  const url = parse(toUsvString(value));
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw refused(`the scheme ${url.protocol} is not ws: or wss:`);
  // Also an empty one, which `hash` does not tell.
  if (url.href.includes('#')) throw refused('a fragment is not allowed');
  return url;
}

function parse(text: string): URL {
  if (!URL.canParse(text)) throw refused('it is not an absolute URL');
  return new URL(new URL(text).href.replace(/^http/, 'ws'));
}

/** The URL is not shown: it may have a password or a token in it. */
function refused(why: string): DOMException {
  return new DOMException(`WebSocket URL: ${why}`, 'SyntaxError');
}
