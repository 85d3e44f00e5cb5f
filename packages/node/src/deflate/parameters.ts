import type { Extension } from '../handshake/extension-header.ts';

/** The name under which RFC 7692 7 is offered and accepted. */
export const extensionName = 'permessage-deflate';

/** The parameters of one offer, or of one answer (RFC 7692 7.1). */
export interface DeflateParameters {
  /** The server begins each message with an empty window. */
  readonly serverNoContextTakeover?: boolean;
  /** The client does. */
  readonly clientNoContextTakeover?: boolean;
  /** The base-2 logarithm of the server's window, 8 to 15. */
  readonly serverMaxWindowBits?: number;
  /** The same for the client; without a value, in offers alone, it leaves the size to the server. */
  readonly clientMaxWindowBits?: number | true;
}

const names = {
  server_no_context_takeover: 'serverNoContextTakeover',
  client_no_context_takeover: 'clientNoContextTakeover',
  server_max_window_bits: 'serverMaxWindowBits',
  client_max_window_bits: 'clientMaxWindowBits',
} as const satisfies Record<string, keyof DeflateParameters>;

type WireName = keyof typeof names;

/**
 * The parameters of an extension by this name, or in words what is wrong with them: each is known, comes once, and has a
 * value where it takes one (RFC 7692 7.1). Without a value `client_max_window_bits` is an offer's.
 */
export function parseParameters({ parameters }: Extension): DeflateParameters | string {
  const found: Partial<Record<keyof DeflateParameters, number | true>> = {};
  for (const [name, value] of parameters) {
    if (!Object.hasOwn(names, name)) return `unknown parameter ${name}`;
    const key = names[name as WireName];
    if (Object.hasOwn(found, key)) return `${name} twice`;
    const parsed = parseValue(name as WireName, value);
    if (parsed === undefined) return `${name} with the value ${value === true ? 'of nothing' : JSON.stringify(value)}`;
    found[key] = parsed;
  }
  return found as DeflateParameters;
}

/** RFC 7692 7.1.1 and 7.1.2: no value, or 8 to 15 in decimal without leading zeros. */
function parseValue(name: WireName, value: string | true): number | true | undefined {
  if (name.endsWith('takeover')) return value === true ? true : undefined;
  if (value === true) return name === 'client_max_window_bits' ? true : undefined;
  return /^(?:[89]|1[0-5])$/.test(value) ? Number(value) : undefined;
}

/** One extension as it stands in the header. */
export function formatParameters(parameters: DeflateParameters): string {
  const texts = Object.entries(names).flatMap(([name, key]) => {
    const value = parameters[key];
    if (value === undefined || value === false) return [];
    return value === true ? name : `${name}=${value}`;
  });
  return [extensionName, ...texts].join('; ');
}
