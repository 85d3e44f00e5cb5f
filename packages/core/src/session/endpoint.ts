import { failOn, tagOf } from '../errors.ts';

/**
 * The absolute ws: or wss: URL that is meant: http: and https: count as ws: and wss:, and a relative one goes by `base`
 * (WHATWG WebSockets, constructor). Throws `invalid-url`.
 */
export function resolveUrl(url: unknown, base?: string): string {
  let href = '';
  try {
    // Anything else would be taken for a relative URL.
    if (typeof url === 'string' || tagOf(url) === '[object URL]') href = new URL(url as string, base).href;
    href = href.replace(/^http/, 'ws');
  } catch {
    // Told below, with all that is allowed.
  }
  if (/^wss?:[^#]+$/.test(href)) return href;
  // Without what may be secret: user, password and query.
  const shown = String(url).replace(/\?.*|\/\/.*@/gs, '...');
  return failOn('invalid-url', shown, 'ws:, wss:, http: or https:, no fragment');
}

/** The sub-protocols as a list. Throws `invalid-protocol` on one that is no token, or is there twice (RFC 6455 4.1). */
export function checkProtocols(protocols: unknown): readonly string[] {
  const list = [protocols ?? []].flat() as string[];
  list.forEach((name, index) => {
    if (typeof name !== 'string' || !/^[!#-'*+.^`|~\w-]+$/.test(name) || list.indexOf(name) < index) {
      failOn('invalid-protocol', name, 'distinct tokens');
    }
  });
  return list;
}
