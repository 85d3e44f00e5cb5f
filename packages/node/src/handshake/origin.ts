/** Which origins may connect: `same` for the server's own, these too, any (`*`), or as a function says of each. */
export type OriginPolicy<Request> = string | readonly string[] | ((origin: string, request: Request) => boolean);

/** What the origin of a request is held against. */
export interface OriginRequest {
  /** The value of the Origin header. */
  readonly origin: string;
  /** The value of the Host header. */
  readonly host: string;
}

/**
 * Whether a page of this origin may connect (RFC 6455 10.2). A browser tells the origin truly; any other client could
 * tell what it likes, so this keeps out foreign pages, not foreign programs.
 */
export function isOriginAllowed<Request>(
  { origin, host }: OriginRequest,
  policy: OriginPolicy<Request>,
  request: Request,
): boolean {
  if (typeof policy === 'function') return isTrue(policy(origin, request));
  if (policy === '*' || isSameOrigin(origin, host)) return true;
  const allowed = typeof policy === 'string' ? [policy] : policy;
  return allowed.some((other) => other !== 'same' && normalize(other) === normalize(origin));
}

/** A promise, which a function without types may answer, is no yes. */
function isTrue(answer: unknown): boolean {
  return answer === true;
}

/**
 * Whether the origin has the host and the port that the request was sent to. The scheme is left out: behind a proxy
 * that ends TLS a page of https: is served over plain HTTP.
 */
function isSameOrigin(origin: string, host: string): boolean {
  const url = parse(origin);
  // The port of the scheme is left out of both.
  return url !== undefined && url.host === parse(`${url.protocol}//${host}`)?.host;
}

/** `null`, which is what a page without an origin sends, stays as it is, and is no one's but a list's that names it. */
function normalize(origin: string): string {
  return parse(origin)?.origin ?? origin;
}

function parse(origin: string): URL | undefined {
  return /^https?:\/\/[^/?#@\\]+\/?$/i.test(origin) && URL.canParse(origin) ? new URL(origin) : undefined;
}
