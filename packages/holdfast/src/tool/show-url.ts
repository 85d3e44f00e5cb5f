/** A URL as it may stand on a screen or in a log: without user, password, and the values of its query, which are often secrets. */
export function showUrl(href: string): string {
  const { protocol, host, pathname, search } = new URL(href);
  return `${protocol}//${host}${pathname}${hideQuery(search)}`;
}

/** `?token=…&room=…` of a query; the same of a path with a query. */
export function hideQuery(text: string): string {
  const [path = '', ...query] = text.split('?');
  if (query.length === 0) return path;
  const parts = query.join('?').split('&');
  return `${path}?${parts.map((part) => (part.includes('=') ? part.replace(/=.*/s, '=…') : '…')).join('&')}`;
}

/**
 * The URL that is meant: as it is where it has a scheme, else wss:, or ws: on this machine. http and https stand for ws and
 * wss. Answers `undefined` for what is none.
 */
export function completeUrl(text: string): string | undefined {
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])(?=[:/?]|$)/i.test(text);
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `${isLocal ? 'ws' : 'wss'}://${text}`;
  if (!/^(ws|http)s?:/i.test(full) || full.includes('#') || !URL.canParse(full)) return undefined;
  return new URL(full).href.replace(/^http/, 'ws');
}
