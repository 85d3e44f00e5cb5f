import { HoldfastError } from '../errors.ts';

const token = /^[!#$%&'*+\-.^_`|~\w]+$/;

/**
 * The absolute ws: or wss: URL that is meant: http: and https: count as ws: and wss:, and a relative one goes by `base`
 * (WHATWG WebSockets, constructor). Throws `invalid-url`.
 */
export function resolveUrl(url: unknown, base?: string): string {
  let parsed: URL;
  try {
    parsed = new URL(String(url), base);
  } catch {
    throw invalidUrl(url, 'cannot be parsed');
  }
  // A setter of URL would not change the scheme of every URL: the text is safe to change once it is parsed.
  const href = parsed.href.replace(/^http/, 'ws');
  if (!/^wss?:/.test(href)) throw invalidUrl(url, 'is not ws:, wss:, http: or https:');
  if (href.includes('#')) throw invalidUrl(url, 'has a fragment, which is never sent');
  return href;
}

/** The sub-protocols as a list. Throws `invalid-protocol` on one that is no token, or is there twice (RFC 6455 4.1). */
export function checkProtocols(protocols: unknown): readonly string[] {
  const list = typeof protocols === 'string' ? [protocols] : protocols;
  if (!Array.isArray(list)) throw new HoldfastError('invalid-protocol', 'sub-protocols are a string or a list of strings');
  list.forEach((name: unknown, index) => {
    const fault = !(typeof name === 'string' && token.test(name))
      ? 'is not a token of RFC 9110'
      : list.indexOf(name) < index && 'is there twice';
    if (fault) throw new HoldfastError('invalid-protocol', `sub-protocol ${JSON.stringify(String(name))} ${fault}`);
  });
  return list as readonly string[];
}

/** Names the URL without what may be secret: user, password and query. */
function invalidUrl(url: unknown, fault: string): HoldfastError {
  const shown = String(url).replace(/\?.*/s, '?...').replace(/\/\/[^/]*@/, '//...@');
  return new HoldfastError('invalid-url', `URL ${JSON.stringify(shown)} ${fault}`);
}
