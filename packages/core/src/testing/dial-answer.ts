import { HoldfastError } from '../errors.ts';
import type { Headers } from './dial-headers.ts';

/** What a client dialed. */
export interface MemoryDial {
  readonly url: string;
  readonly protocols: readonly string[];
  /** The headers that the app gave, names in lower case; none in a browser. */
  readonly headers?: Headers;
}

/** A refusal by HTTP. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: string;
  /** The header Retry-After, in s. */
  readonly retryAfterSeconds?: number;
}

/** What happens to a dial: `refuse` is a port where nobody listens, `ignore` a server that never answers. */
export type DialAnswer = 'accept' | 'refuse' | 'ignore' | Refusal;

/** What a dial in Node waits at most, whatever the server asks for, in ms. */
const maxRetryAfterMs = 3_600_000;

/** The error that a dial in Node ends with when it is refused like this. */
export function refusalError(answer: 'refuse' | Refusal): HoldfastError {
  if (answer === 'refuse') return new HoldfastError('connection-refused', 'the server is down');
  const { status, headers, body = '', retryAfterSeconds } = answer;
  const named = {
    ...lowerCaseNames(headers ?? {}),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  const seconds = named['retry-after'];
  return new HoldfastError('http-status', `the server answered ${status}`, {
    status,
    headers: named,
    body,
    ...(/^\d+$/.test(seconds ?? '') && { retryAfterMs: Math.min(Number(seconds) * 1000, maxRetryAfterMs) }),
  });
}

/** Headers by names in lower case. */
export function lowerCaseNames(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
