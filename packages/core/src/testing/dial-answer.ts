import { HoldfastError } from '../errors.ts';

/** What a client dialed. */
export interface MemoryDial {
  readonly url: string;
  readonly protocols: readonly string[];
  /** The headers that the app gave, names in lower case; none in a browser. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal by HTTP. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The header Retry-After, in s. */
  readonly retryAfterSeconds?: number;
}

/** What happens to a dial: `refuse` is a port where nobody listens, `ignore` a server that never answers. */
export type DialAnswer = 'accept' | 'refuse' | 'ignore' | Refusal;

/** The error that a dial in Node ends with when it is refused like this. */
export function refusalError(answer: 'refuse' | Refusal): HoldfastError {
  if (answer === 'refuse') return new HoldfastError('connection-refused', 'the server is down');
  const { status, headers = {}, body = '', retryAfterSeconds } = answer;
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return new HoldfastError('http-status', `the server answered ${status}`, {
    status,
    headers: { ...lowerCaseNames(headers), ...retryAfter },
    body,
  });
}

/** Headers by names in lower case. */
export function lowerCaseNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
