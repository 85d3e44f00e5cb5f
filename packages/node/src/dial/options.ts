type Pem = string | Uint8Array;

/** Headers by name. */
export type Headers = Readonly<Record<string, string>>;

/** How wss: is spoken; the meaning of each is that of `node:tls`. Certificates are checked unless it says otherwise. */
export interface TlsOptions {
  /** Authorities to trust instead of the system's. */
  readonly ca?: Pem | readonly Pem[];
  /** Our own certificate chain, and its key. */
  readonly cert?: Pem | readonly Pem[];
  readonly key?: Pem | readonly Pem[];
  readonly pfx?: Pem;
  readonly passphrase?: string;
  /** The name to ask for and to check, where it is not the URL's host. */
  readonly servername?: string;
  /** `false` takes any certificate: nothing then tells the server from somebody between. Default true. */
  readonly rejectUnauthorized?: boolean;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly ciphers?: string;
}

/** A proxy that wants more than its URL says. */
export interface ProxyOptions {
  readonly url: string | { readonly href: string };
  /** How TLS is spoken with the proxy itself, where its URL is of https:. */
  readonly tls?: TlsOptions;
  /** Further headers of CONNECT, which the proxy alone sees. */
  readonly headers?: Headers;
}

/** By which way a server is reached. */
export interface RouteOptions {
  /**
   * The proxy that the server is reached through, by URL: `http:` or `https:` (CONNECT, RFC 9110 9.3.6), `socks5:` (RFC 1928, with the
   * server's name resolved here) or `socks5h:` (resolved by the proxy), with `user:password@` where it wants them. Or `'environment'`:
   * what `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy` say. Default: none, whatever the environment says.
   */
  readonly proxy?: string | { readonly href: string } | ProxyOptions;
  /** The Unix socket, or named pipe, that is dialed in the place of the URL's host, which still stands in the request. */
  readonly socketPath?: string;
  /**
   * How many HTTP redirects in a row are followed; never one from wss: to ws:. To another scheme, host or port, neither `headers`
   * nor the user and password of the URL go along. Default 0: a redirect is a failure, `http-status`.
   */
  readonly followRedirects?: number;
}
