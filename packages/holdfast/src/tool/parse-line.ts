import { parsePort, parseRedirects, parseSeconds, refuse, type Values } from './argument-values.ts';
import type { Dial, Look, Stand } from './command.ts';
import { completeUrl } from './show-url.ts';
import { UsageError } from './usage-error.ts';

/** The option names that only one of the two ends knows. */
const onlyOfDial = [
  'header',
  'ca',
  'servername',
  'insecure',
  'proxy',
  'unix-socket',
  'redirects',
  'no-heartbeat',
  'timeout',
  'reconnect',
] as const;
const onlyOfStand = ['host', 'echo', 'relay'] as const;

/** How the server at a URL is reached. Throws a UsageError, whose message does not show the URL. */
export function parseDial(values: Values, given: string): Dial {
  refuse(values, onlyOfStand, 'is for --listen');
  const url = completeUrl(given);
  // It may have a password in it: it is not shown.
  if (url === undefined) throw new UsageError('the URL is none of ws:, wss:, http: or https:, or has a #');
  return {
    url,
    headers: values.header ?? [],
    protocols: values.protocol ?? [],
    origin: values.origin,
    tls: {
      ca: values.ca ?? [],
      cert: values.cert,
      key: values.key,
      servername: values.servername,
      isInsecure: values.insecure === true,
    },
    proxy: values.proxy,
    socketPath: values['unix-socket'],
    followRedirects: parseRedirects(values.redirects ?? '0'),
    isCompressed: !values['no-compression'],
    hasHeartbeat: !values['no-heartbeat'],
    connectTimeoutMs: parseSeconds('timeout', values.timeout ?? '15'),
  };
}

/** How clients are waited for on the port of `--listen`. Throws a UsageError. */
export function parseStand(values: Values): Stand {
  refuse(values, onlyOfDial, 'is not for --listen');
  return {
    port: parsePort(values.listen as string),
    host: values.host ?? '127.0.0.1',
    protocols: values.protocol ?? [],
    origin: values.origin,
    tls: { cert: values.cert, key: values.key },
    isCompressed: !values['no-compression'],
  };
}

/** What is shown. */
export function parseLook(values: Values): Look {
  return {
    isJson: values.json === true,
    isFull: values.full === true,
    isColourOff: values['no-color'] === true,
    frames: values.frames ? (values.short ? 'lines' : 'bits') : 'none',
  };
}
