import { HoldfastError } from '@holdfast/core';
import type { Extension } from '../handshake/extension-header.ts';
import { parseExtensions } from '../handshake/extension-header.ts';
import { showValues } from '../handshake/http-head.ts';
import type { ResolvedCompression } from './options.ts';
import { type DeflateParameters, extensionName, formatParameters, parseParameters } from './parameters.ts';

/** What both ends agreed on. */
export interface DeflateAgreement {
  /** How it stands in the server's header. */
  readonly text: string;
  /** The server's window, and whether it keeps it from message to message. */
  readonly server: DeflateSide;
  readonly client: DeflateSide;
  /** What this end compresses by. */
  readonly options: ResolvedCompression;
}

/** How one end compresses. */
export interface DeflateSide {
  readonly windowBits: number;
  readonly keepsContext: boolean;
}

/** The header's value of a client that would take any of these, the preferred first; '' for none. */
export function formatOffers(accepted: readonly ResolvedCompression[]): string {
  return accepted.map((options) => formatParameters(offerOf(options))).join(', ');
}

/** RFC 7692 7.1: what a client asks of the server, and what it lets itself be asked. */
function offerOf(options: ResolvedCompression): DeflateParameters {
  const { serverContextTakeover, clientContextTakeover, serverMaxWindowBits, clientMaxWindowBits } = options;
  return {
    serverNoContextTakeover: !serverContextTakeover,
    clientNoContextTakeover: !clientContextTakeover,
    ...(serverMaxWindowBits < 15 && { serverMaxWindowBits }),
    clientMaxWindowBits: clientMaxWindowBits < 15 ? clientMaxWindowBits : true,
  };
}

/**
 * Checks what a server answered to the offers; `undefined` where it took up none. Throws `handshake-extension`, as RFC
 * 7692 5.1 asks, on what is no answer to any of them.
 */
export function checkAnswer(
  values: readonly string[],
  offered: readonly ResolvedCompression[],
): DeflateAgreement | undefined {
  if (values.length === 0) return undefined;
  const extensions = parseExtensions(values);
  const [answer] = extensions ?? [];
  if (!answer) throw refused(values, 'a list of extensions');
  if (offered.length === 0) throw refused(values, 'none, for none was offered');
  if (extensions?.length !== 1 || answer.name !== extensionName) throw refused(values, `${extensionName} alone, once`);
  const parameters = parseParameters(answer);
  if (typeof parameters === 'string') throw refused(values, `no ${parameters}`);
  const wrongs = offered.map((options) => whatIsWrong(parameters, offerOf(options)));
  const taken = offered[wrongs.indexOf('')];
  if (!taken) throw refused(values, `an answer to ${formatOffers(offered)}: ${wrongs.join(', ')}`);
  const isBounded = parameters.clientMaxWindowBits !== undefined;
  return {
    text: formatParameters(parameters),
    server: {
      windowBits: parameters.serverMaxWindowBits ?? 15,
      keepsContext: !parameters.serverNoContextTakeover,
    },
    client: {
      windowBits: isBounded ? Number(parameters.clientMaxWindowBits) : taken.clientMaxWindowBits,
      keepsContext: !parameters.clientNoContextTakeover && taken.clientContextTakeover,
    },
    options: taken,
  };
}

/** RFC 7692 7.1: an answer grants what was asked for, and asks for nothing that was not offered. '' for nothing. */
function whatIsWrong(answer: DeflateParameters, offer: DeflateParameters): string {
  const { serverMaxWindowBits: serverBits, clientMaxWindowBits: clientBits } = answer;
  if (offer.serverNoContextTakeover && !answer.serverNoContextTakeover) return 'server_no_context_takeover is missing';
  if (offer.serverMaxWindowBits !== undefined && !(Number(serverBits) <= offer.serverMaxWindowBits)) {
    return `server_max_window_bits is not ${offer.serverMaxWindowBits} or less`;
  }
  if (clientBits === true) return 'client_max_window_bits has no value';
  const most = offer.clientMaxWindowBits === true ? 15 : (offer.clientMaxWindowBits ?? 0);
  return clientBits !== undefined && clientBits > most ? `client_max_window_bits is over ${most}` : '';
}

/**
 * The first of a client's offers that a server takes up, by its options; `undefined` for none. An offer that is wrong, or
 * that would not keep to what the options allow, is passed over (RFC 7692 5.1, 7.1).
 */
export function chooseOffer(
  extensions: readonly Extension[],
  options: ResolvedCompression,
): DeflateAgreement | undefined {
  for (const extension of extensions) {
    if (extension.name !== extensionName) continue;
    const offer = parseParameters(extension);
    const agreement = typeof offer === 'string' ? undefined : agreeOn(offer, options);
    if (agreement) return agreement;
  }
  return undefined;
}

function agreeOn(offer: DeflateParameters, options: ResolvedCompression): DeflateAgreement | undefined {
  // The client cannot be asked for a smaller window than its own unless it says that it can be.
  if (options.clientMaxWindowBits < 15 && offer.clientMaxWindowBits === undefined) return undefined;
  const offeredBits = offer.clientMaxWindowBits === true ? 15 : (offer.clientMaxWindowBits ?? 15);
  const clientBits = Math.min(options.clientMaxWindowBits, offeredBits);
  const serverBits = Math.min(options.serverMaxWindowBits, offer.serverMaxWindowBits ?? 15);
  const server = {
    windowBits: serverBits,
    keepsContext: options.serverContextTakeover && !offer.serverNoContextTakeover,
  };
  const client = {
    windowBits: clientBits,
    keepsContext: options.clientContextTakeover && !offer.clientNoContextTakeover,
  };
  const text = formatParameters({
    serverNoContextTakeover: !server.keepsContext,
    clientNoContextTakeover: !client.keepsContext,
    // RFC 7692 7.1.2.1: it is answered where it was offered.
    ...((serverBits < 15 || offer.serverMaxWindowBits !== undefined) && { serverMaxWindowBits: serverBits }),
    ...(clientBits < 15 && { clientMaxWindowBits: clientBits }),
  });
  return { text, server, client, options };
}

function refused(values: readonly string[], expected: string): HoldfastError {
  return new HoldfastError(
    'handshake-extension',
    `Sec-WebSocket-Extensions: got ${showValues(values)}, expected ${expected}`,
  );
}
