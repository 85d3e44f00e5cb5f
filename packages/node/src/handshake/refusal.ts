import { HoldfastError } from '@holdfast/core';

/** The statuses with which a server refuses a handshake, and what they are called (RFC 9110 15, RFC 6585). */
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The error for a handshake that a server refuses: the status and the headers go to the client, and so does the message. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HoldfastError {
  return new HoldfastError('handshake-refused', message, { status, headers });
}

/** What a server answers to this: a refusal as it is, 400 or 431 to a head that cannot be read, 500 to a fault of the app. */
export function refusalOf(cause: unknown): HoldfastError {
  if (!(cause instanceof HoldfastError)) return internalError(cause);
  if (cause.code === 'handshake-refused') return cause;
  const status = headStatuses[cause.code];
  if (!status) return internalError(cause);
  return new HoldfastError(cause.code, cause.message.slice(cause.code.length + 2), { cause, status });
}

const headStatuses: Readonly<Record<string, number>> = { 'http-malformed': 400, 'http-too-large': 431 };

/** The client is not told what went wrong inside. */
function internalError(cause: unknown): HoldfastError {
  return new HoldfastError('handshake-refused', 'internal error', { cause, status: 500 });
}

/** The response that tells a refusal, whole, as text; the connection ends behind it. */
export function formatRefusal({ status = 400, headers = {}, message, body = `${message}\n` }: HoldfastError): string {
  const fields = {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': String(new TextEncoder().encode(body).length),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}\r\n${lines.join('')}\r\n${body}`;
}
