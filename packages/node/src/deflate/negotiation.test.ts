import { describe, expect, test } from 'vitest';
import { parseExtensions } from '../handshake/extension-header.ts';
import { checkAnswer, chooseOffer, formatOffers } from './negotiation.ts';
import { type CompressionOptions, resolveCompression } from './options.ts';

const resolve = (options: boolean | CompressionOptions | readonly CompressionOptions[]) =>
  resolveCompression(options, true);
const side = (windowBits: number, keepsContext = true) => ({ windowBits, keepsContext });

describe('what a client offers', () => {
  test.each([
    [true, 'permessage-deflate; client_max_window_bits'],
    [false, ''],
    [{ level: 1, memLevel: 1, thresholdBytes: 5 }, 'permessage-deflate; client_max_window_bits'],
    [{ serverContextTakeover: false }, 'permessage-deflate; server_no_context_takeover; client_max_window_bits'],
    [{ clientContextTakeover: false }, 'permessage-deflate; client_no_context_takeover; client_max_window_bits'],
    [{ serverMaxWindowBits: 10 }, 'permessage-deflate; server_max_window_bits=10; client_max_window_bits'],
    [{ clientMaxWindowBits: 8 }, 'permessage-deflate; client_max_window_bits=8'],
    [
      [{ serverMaxWindowBits: 9 }, {}],
      'permessage-deflate; server_max_window_bits=9; client_max_window_bits, permessage-deflate; client_max_window_bits',
    ],
  ] as [boolean | CompressionOptions, string][])('%j: %s', (options, text) => {
    expect(formatOffers(resolve(options))).toBe(text);
  });
});

describe('RFC 7692 7.1: what a server answers', () => {
  test.each([
    { name: 'nothing', answer: [], agreed: undefined },
    { name: 'no parameters', answer: ['permessage-deflate'], agreed: [side(15), side(15)] },
    {
      name: 'a smaller window for itself, unasked',
      answer: ['permessage-deflate; server_max_window_bits=9'],
      agreed: [side(9), side(15)],
    },
    {
      name: 'a smaller window for the client',
      answer: ['permessage-deflate; client_max_window_bits=10'],
      agreed: [side(15), side(10)],
    },
    {
      name: 'no window kept by either',
      answer: ['permessage-deflate; server_no_context_takeover; client_no_context_takeover'],
      agreed: [side(15, false), side(15, false)],
    },
    {
      name: 'less than was asked for',
      options: { serverMaxWindowBits: 12, clientMaxWindowBits: 11, serverContextTakeover: false },
      answer: ['permessage-deflate; server_no_context_takeover; server_max_window_bits=8; client_max_window_bits=9'],
      agreed: [side(8, false), side(9)],
    },
    {
      name: 'nothing of a window that the client bounds by itself',
      options: { clientMaxWindowBits: 11, clientContextTakeover: false },
      answer: ['permessage-deflate'],
      agreed: [side(15), side(11, false)],
    },
    {
      name: 'the second of two offers',
      options: [{ serverMaxWindowBits: 9 }, { level: 3 }],
      answer: ['permessage-deflate'],
      agreed: [side(15), side(15)],
    },
  ])('$name', ({ options, answer, agreed }) => {
    const agreement = checkAnswer(answer, resolve(options ?? true));
    expect(agreement && [agreement.server, agreement.client]).toEqual(agreed);
  });

  test('the options of the offer that was taken up are those that hold', () => {
    const offered = resolve([{ serverMaxWindowBits: 9, level: 2 }, { level: 3 }]);
    expect(checkAnswer(['permessage-deflate; server_max_window_bits=9'], offered)?.options.level).toBe(2);
    expect(checkAnswer(['permessage-deflate'], offered)?.options.level).toBe(3);
  });

  test.each([
    { name: 'something, where nothing was offered', options: false, answer: ['permessage-deflate'] },
    { name: 'another extension', answer: ['permessage-bzip2'] },
    { name: 'one in capitals', answer: ['Permessage-Deflate'] },
    { name: 'one more besides', answer: ['permessage-deflate, x'] },
    { name: 'the same twice', answer: ['permessage-deflate', 'permessage-deflate'] },
    { name: 'an empty header', answer: [''] },
    { name: 'an empty list', answer: [', ,'] },
    { name: 'an unknown parameter', answer: ['permessage-deflate; x'] },
    {
      name: 'a parameter twice',
      answer: ['permessage-deflate; server_no_context_takeover; server_no_context_takeover'],
    },
    { name: 'a window of 7', answer: ['permessage-deflate; server_max_window_bits=7'] },
    { name: 'a window of 16', answer: ['permessage-deflate; client_max_window_bits=16'] },
    { name: 'no size for the client', answer: ['permessage-deflate; client_max_window_bits'] },
    {
      name: 'a larger window than was asked for',
      options: { serverMaxWindowBits: 10 },
      answer: ['permessage-deflate; server_max_window_bits=11'],
    },
    {
      name: 'nothing of the window that was asked for',
      options: { serverMaxWindowBits: 10 },
      answer: ['permessage-deflate'],
    },
    {
      name: 'a larger window than the client said it has',
      options: { clientMaxWindowBits: 10 },
      answer: ['permessage-deflate; client_max_window_bits=11'],
    },
    {
      name: 'that it keeps its window, where it was asked not to',
      options: { serverContextTakeover: false },
      answer: ['permessage-deflate'],
    },
    {
      name: 'what fits to neither of two offers',
      options: [{ serverMaxWindowBits: 9 }, { serverContextTakeover: false }],
      answer: ['permessage-deflate; server_max_window_bits=10'],
    },
  ])('$name is refused', ({ options, answer }) => {
    expect(() => checkAnswer(answer, resolve(options ?? true))).toThrow(
      expect.objectContaining({ code: 'handshake-extension' }),
    );
  });
});

describe('what a server takes up', () => {
  const plain = 'permessage-deflate';
  test.each([
    { offers: plain, text: plain, sides: [side(15), side(15)] },
    { offers: `${plain}; client_max_window_bits`, text: plain, sides: [side(15), side(15)] },
    {
      offers: `${plain}; server_no_context_takeover; client_no_context_takeover`,
      text: `${plain}; server_no_context_takeover; client_no_context_takeover`,
      sides: [side(15, false), side(15, false)],
    },
    {
      offers: `${plain}; server_max_window_bits=8; client_max_window_bits=9`,
      text: `${plain}; server_max_window_bits=8; client_max_window_bits=9`,
      sides: [side(8), side(9)],
    },
    {
      offers: `${plain}; server_max_window_bits=15`,
      text: `${plain}; server_max_window_bits=15`,
      sides: [side(15), side(15)],
    },
    {
      options: { serverMaxWindowBits: 10, serverContextTakeover: false, clientContextTakeover: false },
      offers: plain,
      text: `${plain}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10`,
      sides: [side(10, false), side(15, false)],
    },
    {
      options: { serverMaxWindowBits: 10, clientMaxWindowBits: 12 },
      offers: `${plain}; server_max_window_bits=13; client_max_window_bits=14`,
      text: `${plain}; server_max_window_bits=10; client_max_window_bits=12`,
      sides: [side(10), side(12)],
    },
    {
      options: { clientMaxWindowBits: 9 },
      offers: `${plain}, ${plain}; client_max_window_bits`,
      text: `${plain}; client_max_window_bits=9`,
      sides: [side(15), side(9)],
    },
    {
      offers: `x, ${plain}; y, ${plain}; server_max_window_bits=7, ${plain}`,
      text: plain,
      sides: [side(15), side(15)],
    },
    {
      offers: `${plain}; server_max_window_bits=9, ${plain}`,
      text: `${plain}; server_max_window_bits=9`,
      sides: [side(9), side(15)],
    },
  ])('$offers by $options', ({ options, offers, text, sides }) => {
    const agreement = chooseOffer(parseExtensions([offers]) ?? [], resolve(options ?? true)[0]!);
    expect(agreement).toMatchObject({ text, server: sides[0], client: sides[1] });
    // What it answers, the client that offered it takes.
    expect(parseExtensions([text])).toHaveLength(1);
  });

  test.each([
    { name: 'another extension', offers: 'permessage-bzip2' },
    { name: 'a wrong parameter', offers: `${plain}; server_max_window_bits` },
    { name: 'a client whose window cannot be bounded', options: { clientMaxWindowBits: 9 }, offers: plain },
  ])('nothing of $name', ({ options, offers }) => {
    expect(chooseOffer(parseExtensions([offers]) ?? [], resolve(options ?? true)[0]!)).toBeUndefined();
  });

  const bits = [8, 9, 12, 15];
  test.each(bits.flatMap((offered) => bits.map((own) => [offered, own])))(
    'a client that asks for 2^%i and a server that has 2^%i agree',
    (offered, own) => {
      const windows = { serverMaxWindowBits: offered, clientMaxWindowBits: offered };
      const client = resolve(windows);
      const server = resolve({ serverMaxWindowBits: own, clientMaxWindowBits: own });
      const chosen = chooseOffer(parseExtensions([formatOffers(client)]) ?? [], server[0]!);
      const taken = checkAnswer([chosen?.text ?? ''], client);
      expect(taken).toMatchObject({ server: chosen?.server, client: chosen?.client });
      expect(chosen?.server.windowBits).toBe(Math.min(offered, own));
    },
  );
});
