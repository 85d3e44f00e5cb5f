import type { ConnectOptions } from '@holdfast/node';
import type { ServeOptions } from '@holdfast/node/server';
import type { DeflateSide, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import { echoesText, exchanges, send, text } from '../row/words.ts';

const name = 'permessage-deflate';
const rfc = (part: string) => `RFC 7692 ${part}`;
const side = (windowBits = 15, keepsContext = true): DeflateSide => ({ windowBits, keepsContext });
const everything = { thresholdBytes: 0, level: 1 };
const short = exchanges(1, 300, 20);

interface Talk {
  readonly offered: string;
  readonly agreed: string;
  readonly server?: DeflateSide;
  readonly client?: DeflateSide;
}

/** Our server takes up an offer, and both ends then compress as was agreed on. */
const takes = (
  where: string,
  rule: string,
  { offered, agreed, server = side(), client = side() }: Talk,
  options: ServeOptions['compression'] = {},
): RowInit =>
  row(rfc(where), rule, [short], {
    roles: ['server'],
    compression: {
      server: { options: typeof options === 'object' ? { ...everything, ...options } : options, offered, agreed },
      sides: { server, client },
    },
  });

/** Our server takes up no offer, and messages travel as they are. */
const declines = (where: string, rule: string, offered: string, options: ServeOptions['compression'] = {}): RowInit =>
  row(rfc(where), rule, [send(text('plain')), echoesText('plain')], {
    roles: ['server'],
    compression: { server: { options, offered, agreed: '' } },
  });

/** Our client offers by these options, takes this answer, and both ends then compress as was agreed on. */
const accepts = (
  where: string,
  rule: string,
  { offered, agreed, server = side(), client = side() }: Talk,
  options: ConnectOptions['compression'] = everything,
): RowInit =>
  row(rfc(where), rule, [short], {
    roles: ['client'],
    compression: { client: { options, offered, agreed }, sides: { server, client } },
  });

const offer = `${name}; client_max_window_bits`;

/** Our client does not take this answer. */
const refuses = (
  where: string,
  rule: string,
  agreed: string,
  { offered = offer, options = true }: { offered?: string; options?: ConnectOptions['compression'] } = {},
): RowInit => ({
  ...row(rfc(where), rule, [], { roles: ['client'], refusal: 'handshake-extension' }),
  steps: [],
  compression: { client: { options, offered, agreed } },
});

const wrongBits = ['7', '16', '0', '-1', '08', '015', '10.0', '1e1', '99999999999999999999', 'x', '""', '"10 "'];
const bitsNames = ['server_max_window_bits', 'client_max_window_bits'];
const takeoverNames = ['server_no_context_takeover', 'client_no_context_takeover'];
const wrongParameters = [
  ...bitsNames.flatMap((bits) => wrongBits.map((value) => `${bits}=${value}`)),
  ...takeoverNames.flatMap((takeover) => ['=1', '=true', '=""'].map((value) => takeover + value)),
  'server_max_window_bits',
  ...[...takeoverNames, ...bitsNames.map((bits) => `${bits}=10`)].map((parameter) => `${parameter}; ${parameter}`),
  'server_max_window_bits=10; server_max_window_bits=11',
  'client_max_window_bits; client_max_window_bits=10',
  'x',
  'x=1',
  'Server_No_Context_Takeover',
  'max_window_bits=10',
];

/** What a server answers to offers, and what a client makes of answers. */
export const compressionNegotiation: Section = section(17, 'Agreeing on compression', [
  group(
    'Offers that our server takes up',
    takes('5.1', 'An offer without parameters', { offered: name, agreed: name }),
    takes('7.1.2.2', 'An offer that lets the server choose the client’s window', { offered: offer, agreed: name }),
    takes('5.1', 'The first of two offers that it can keep', {
      offered: `${name}; server_max_window_bits=9, ${name}`,
      agreed: `${name}; server_max_window_bits=9`,
      server: side(9),
    }),
    takes('5', 'An offer behind that of an extension that nobody knows', {
      offered: `x-unknown; a="b", ${name}`,
      agreed: name,
    }),
    takes('7.1.2.1', 'An offer with a number in quotes', {
      offered: `${name}; server_max_window_bits="10"`,
      agreed: `${name}; server_max_window_bits=10`,
      server: side(10),
    }),
    takes(
      '7.1.1.1',
      'With a server that begins anew, though nobody asked',
      {
        offered: name,
        agreed: `${name}; server_no_context_takeover`,
        server: side(15, false),
      },
      { serverContextTakeover: false },
    ),
    takes(
      '7.1.1.2',
      'With a server that asks the client to begin anew',
      {
        offered: name,
        agreed: `${name}; client_no_context_takeover`,
        client: side(15, false),
      },
      { clientContextTakeover: false },
    ),
    takes('7.1.1.2', 'A client that says that it begins anew', {
      offered: `${name}; client_no_context_takeover`,
      agreed: `${name}; client_no_context_takeover`,
      client: side(15, false),
    }),
    takes(
      '7.1.2.1',
      'With a server whose window is smaller than was asked for',
      {
        offered: `${name}; server_max_window_bits=13`,
        agreed: `${name}; server_max_window_bits=10`,
        server: side(10),
      },
      { serverMaxWindowBits: 10 },
    ),
    takes(
      '7.1.2.1',
      'With a server whose window may be larger than was asked for',
      {
        offered: `${name}; server_max_window_bits=8`,
        agreed: `${name}; server_max_window_bits=8`,
        server: side(8),
      },
      { serverMaxWindowBits: 12 },
    ),
    takes(
      '7.1.2.2',
      'With a server that bounds the client’s window',
      {
        offered: offer,
        agreed: `${name}; client_max_window_bits=9`,
        client: side(9),
      },
      { clientMaxWindowBits: 9 },
    ),
    takes(
      '7.1.2.2',
      'The second offer, where only that lets the client’s window be bounded',
      {
        offered: `${name}, ${offer}`,
        agreed: `${name}; client_max_window_bits=9`,
        client: side(9),
      },
      { clientMaxWindowBits: 9 },
    ),
    takes('7.1', 'An offer behind one with an unknown parameter', { offered: `${name}; x, ${name}`, agreed: name }),
    takes('7.1', 'An offer behind one with a window out of range', {
      offered: `${name}; server_max_window_bits=16, ${name}`,
      agreed: name,
    }),
  ),
  group(
    'Offers that our server declines',
    // RFC 6455 9.1: what is quoted is a token all the same, or the request is none.
    wrongParameters
      .filter((parameters) => !parameters.includes('"'))
      .map((parameters) => declines('7', `An offer with ${parameters}`, `${name}; ${parameters}`)),
    declines('5.1', 'An offer of another extension', 'permessage-bzip2'),
    declines('5.1', 'An offer in capitals', 'Permessage-Deflate'),
    declines('7.1.2.2', 'An offer without the client’s window, where that is to be bounded', name, {
      clientMaxWindowBits: 9,
    }),
    declines('5.1', 'Any offer, where compression is off', offer, false),
  ),
  group(
    'Answers that our client takes',
    accepts('5.1', 'An answer without parameters', { offered: offer, agreed: name }),
    accepts('7.1.1.1', 'A server that begins anew, unasked', {
      offered: offer,
      agreed: `${name}; server_no_context_takeover`,
      server: side(15, false),
    }),
    accepts('7.1.1.2', 'A server that asks the client to begin anew', {
      offered: offer,
      agreed: `${name}; client_no_context_takeover`,
      client: side(15, false),
    }),
    accepts('7.1.2.1', 'A server with a smaller window, unasked', {
      offered: offer,
      agreed: `${name}; server_max_window_bits=8`,
      server: side(8),
    }),
    accepts('7.1.2.2', 'A server that bounds the client’s window', {
      offered: offer,
      agreed: `${name}; client_max_window_bits=8`,
      client: side(8),
    }),
    accepts('7.1', 'An answer whose parameters stand in another order', {
      offered: offer,
      agreed: `${name}; client_max_window_bits=10; server_max_window_bits=9; client_no_context_takeover`,
      server: side(9),
      client: side(10, false),
    }),
    accepts('7.1.2.1', 'A window in quotes', {
      offered: offer,
      agreed: `${name}; server_max_window_bits="12"`,
      server: side(12),
    }),
    accepts(
      '7.1.2.2',
      'A client with a smaller window keeps to it, though the answer says nothing of it',
      {
        offered: `${name}; client_max_window_bits=9`,
        agreed: name,
        client: side(9),
      },
      { ...everything, clientMaxWindowBits: 9 },
    ),
    accepts(
      '7.1.1.2',
      'A client that begins anew does so, though the answer says nothing of it',
      {
        offered: `${name}; client_no_context_takeover; client_max_window_bits`,
        agreed: name,
        client: side(15, false),
      },
      { ...everything, clientContextTakeover: false },
    ),
    accepts(
      '7.1.2.1',
      'A server keeps to the window that it was asked for',
      {
        offered: `${name}; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits`,
        agreed: `${name}; server_no_context_takeover; server_max_window_bits=10`,
        server: side(10, false),
      },
      { ...everything, serverMaxWindowBits: 10, serverContextTakeover: false },
    ),
    accepts(
      '5.1',
      'An answer to the second of two offers',
      {
        offered: `${name}; server_max_window_bits=9; client_max_window_bits, ${offer}`,
        agreed: name,
      },
      [{ ...everything, serverMaxWindowBits: 9 }, everything],
    ),
  ),
  group(
    'Answers that our client refuses',
    wrongParameters.map((parameters) => refuses('7', `An answer with ${parameters}`, `${name}; ${parameters}`)),
    refuses('7.1.2.2', 'An answer with client_max_window_bits, and no value', offer),
    refuses('5.1', 'An answer where nothing was offered', name, { offered: '', options: false }),
    refuses('5.1', 'An answer with another extension', 'permessage-bzip2'),
    refuses('5.1', 'An answer with the extension twice', `${name}, ${name}`),
    refuses('5.1', 'An answer with another extension besides', `${name}, x-unknown`),
    refuses('7.1.1.1', 'A server that does not begin anew, where it was asked to', name, {
      offered: `${name}; server_no_context_takeover; client_max_window_bits`,
      options: { serverContextTakeover: false },
    }),
    refuses('7.1.2.1', 'A server that says nothing of the window that it was asked for', name, {
      offered: `${name}; server_max_window_bits=10; client_max_window_bits`,
      options: { serverMaxWindowBits: 10 },
    }),
    refuses('7.1.2.1', 'A server with a larger window than it was asked for', `${name}; server_max_window_bits=11`, {
      offered: `${name}; server_max_window_bits=10; client_max_window_bits`,
      options: { serverMaxWindowBits: 10 },
    }),
    refuses('7.1.2.2', 'A larger window of the client’s than it has', `${name}; client_max_window_bits=11`, {
      offered: `${name}; client_max_window_bits=10`,
      options: { clientMaxWindowBits: 10 },
    }),
  ),
]);
