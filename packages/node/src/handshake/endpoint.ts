/** What a ws: or wss: URL says about the dial (RFC 6455 3). */
export interface Endpoint {
  readonly isSecure: boolean;
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** The value of the Host header: with the port, unless it is the scheme's own. */
  readonly authority: string;
  /** The path and the query. */
  readonly resource: string;
  /** `user:password`, decoded, or ''. */
  readonly credentials: string;
}

/** Takes a URL that core has checked apart. */
export function parseEndpoint(href: string): Endpoint {
  const url = new URL(href);
  const isSecure = url.protocol === 'wss:';
  return {
    isSecure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    authority: url.host,
    // What the URL parser leaves and RFC 3986 has no room for (RFC 6455 11.1.1).
    resource: (url.pathname + url.search).replace(/[^\w\-.~!$&'()*+,;=:@/?%]/g, encodeURIComponent),
    credentials: credentialsOf(url),
  };
}

/** `user:password` of a URL, decoded, or ''. */
export function credentialsOf({ username, password }: URL): string {
  return username || password ? `${decode(username)}:${decode(password)}` : '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}
