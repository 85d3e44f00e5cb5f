/** The parameters of one extension as they stand in a header; a parameter without a value is `true`. */
export type Parameters = ReadonlyMap<string, string | true>;

const flags = new Set(['server_no_context_takeover', 'client_no_context_takeover']);

/** The parameters of an offer or an answer of permessage-deflate, or `undefined` where it is none (RFC 7692 7.1). */
export function readParameters(text: string, isAnswer: boolean): Parameters | undefined {
  const [name, ...rest] = text.split(';').map((part) => part.trim());
  if (name !== 'permessage-deflate') return undefined;
  const found = new Map<string, string | true>();
  for (const parameter of rest) {
    const [key = '', value = true] = parameter.split('=');
    if (found.has(key) || !isParameter(key, value, isAnswer)) return undefined;
    found.set(key, value);
  }
  return found;
}

function isParameter(key: string, value: string | true, isAnswer: boolean): boolean {
  if (flags.has(key)) return value === true;
  if (key === 'client_max_window_bits' && value === true) return !isAnswer;
  return key.endsWith('_max_window_bits') && /^(server|client)_/.test(key) && isBits(value);
}

function isBits(value: string | true): boolean {
  return ['8', '9', '10', '11', '12', '13', '14', '15'].includes(String(value));
}

/** Whether this answers that offer, by each sentence of RFC 7692 7.1.1 and 7.1.2. */
export function isAnswerTo(answer: Parameters, offer: Parameters): boolean {
  const bits = (parameters: Parameters, name: string) =>
    Number(parameters.get(name) === true ? 15 : (parameters.get(name) ?? 15));
  // 7.1.1.1: what was asked of the server's window is granted.
  if (offer.has('server_no_context_takeover') && !answer.has('server_no_context_takeover')) return false;
  // 7.1.2.1: the same for its size, which an answer that takes it up names.
  const server = 'server_max_window_bits';
  if (offer.has(server) && !(answer.has(server) && bits(answer, server) <= bits(offer, server))) return false;
  // 7.1.2.2: the client's window is bounded only where it said that it can be, and by no more than it said.
  const client = 'client_max_window_bits';
  return !answer.has(client) || (offer.has(client) && bits(answer, client) <= bits(offer, client));
}
