import { failOn } from '../errors.ts';

/**
 * The absolute ws: or wss: URL that is meant: http: and https: count as ws: and wss:, and a relative one goes by `base`
 * (WHATWG WebSockets, constructor). Throws `invalid-url`.
 */
export function resolveUrl(url: unknown, base?: string): string {
  const allowed = /^(ws|http)s?:[^#]+$/;
  try {
    // What is neither text nor a URL has no `trim`, and would else be taken for a relative URL.
    const { href } = new URL((url as URL).href ?? (url as string).trim(), base);
    if (allowed.test(href)) return href.replace(/^http/, 'ws');
  } catch {
    // Told below, with all that is allowed.
  }
  // Without what may be secret: user and password, which the URL parser finds also behind one slash or none, and query. A
  // question mark may stand within a password, and an @ within a query.
  return failOn('invalid-url', String(url).replace(/^[^?]*(\?.*@.*|@)|\?.*/gs, '...'), allowed);
}

/** The sub-protocols as a list. Throws `invalid-protocol` on one that is no token, or is there twice (RFC 6455 4.1). */
export function checkProtocols(protocols: unknown): readonly string[] {
  const list = [protocols ?? []].flat() as string[];
  // As JSON, in which only text has quotes: tokens, each of them not once more further on.
  const text = JSON.stringify(list);
  if (!/^\[(,?"([!#-'*+.^`|~\w-]+)"(?!.*"\2"))*]$/.test(text)) failOn('invalid-protocol', text, 'distinct tokens');
  return list;
}
