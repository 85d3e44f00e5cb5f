import { describe, expect, it, test } from 'vitest';
import { parseProxy } from './proxy.ts';
import { socks5 } from './socks5.ts';
import type { TunnelTalk } from './tunnel-talk.ts';

const open = parseProxy('socks5h://proxy.test');
const guarded = parseProxy('socks5h://me:s%C3%A9cret@proxy.test');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What the client says to a proxy that answers so, which comes in pieces of `size`, and `open` where it is. */
function play(talk: TunnelTalk, answers: readonly string[], size: number): string[] {
  const said = [hex(talk.opening)];
  for (const answer of answers) {
    const bytes = Buffer.from(answer, 'hex');
    for (let at = 0; at < bytes.length; at += size) {
      const next = talk.hear(bytes.subarray(at, at + size));
      if (next) said.push(next === 'open' ? next : hex(next));
    }
  }
  return said;
}

const name = Buffer.from('server.test').toString('hex');
const toName = `050100030b${name}01bb`;
const bound = '01000000000000';

describe.each([
  ['whole', 1_000],
  ['byte by byte', 1],
])('SOCKS 5 (RFC 1928), %s', (_how, size) => {
  test.each([
    ['asks for a name', open, 'server.test', 443, ['0500', `050000${bound}`], ['050100', toName, 'open']],
    [
      'asks for an address of IPv4',
      open,
      '127.0.0.1',
      80,
      ['0500', `050000${bound}`],
      ['050100', '050100017f0000010050', 'open'],
    ],
    [
      'asks for an address of IPv6',
      open,
      '2001:db8::a:1',
      8080,
      ['0500', `050000${bound}`],
      ['050100', '0501000420010db80000000000000000000a00011f90', 'open'],
    ],
    [
      'asks for ::1',
      open,
      '::1',
      1,
      ['0500', `050000${bound}`],
      ['050100', `05010004${'00'.repeat(15)}010001`, 'open'],
    ],
    [
      'asks for an address in full',
      open,
      '1:2:3:4:5:6:7:8',
      1,
      ['0500', `050000${bound}`],
      ['050100', '05010004000100020003000400050006000700080001', 'open'],
    ],
    [
      'says who it is, where the proxy wants that (RFC 1929)',
      guarded,
      'server.test',
      443,
      ['0502', '0100', `050000${bound}`],
      ['05020002', '01026d650773c3a963726574', toName, 'open'],
    ],
    [
      'does not say who it is, where the proxy does not want that',
      guarded,
      'server.test',
      443,
      ['0500', `050000${bound}`],
      ['05020002', toName, 'open'],
    ],
    [
      'takes a reply with an IPv6 address',
      open,
      'server.test',
      443,
      ['0500', `05000004${'00'.repeat(18)}`],
      ['050100', toName, 'open'],
    ],
    ['takes a reply with a name', open, 'server.test', 443, ['0500', '050000030261620050'], ['050100', toName, 'open']],
  ] as const)('%s', (_does, proxy, host, port, answers, expected) => {
    expect(play(socks5(proxy, host, port), answers, size)).toEqual(expected);
  });

  test.each([
    ['another version', open, ['0400'], 'speaks version 4 of SOCKS, not 5'],
    ['no method', open, ['05ff'], 'wants a password'],
    ['no method, though there is a password', guarded, ['05ff'], 'wants more than a password'],
    ['a method that was not offered', open, ['0502'], 'wants a password'],
    ['a wrong password', guarded, ['0502', '0101'], 'refused user and password'],
    ['a refusal by its rules', open, ['0500', '05020001'], 'not allowed by its rules'],
    ['a server that is not there', open, ['0500', '05050001'], 'connection refused'],
    ['a reply that there is not', open, ['0500', '05630001'], 'reply 99'],
    ['an address of an unknown kind', open, ['0500', '05000009'], 'an address of the kind 9'],
    ['bytes too early', open, ['0500', `050000${bound}48`], 'sent bytes before the server was asked for any'],
  ] as const)('refuses %s', (_what, proxy, answers, why) => {
    const act = () => {
      const said = play(
        socks5(proxy, 'server.test', 443),
        answers,
        Math.max(size, answers.at(-1)?.includes(bound) ? 100 : size),
      );
      throw new Error(`went on: ${said.join(' ')}`);
    };
    expect(act).toThrow(expect.objectContaining({ code: 'proxy-failed', message: expect.stringContaining(why) }));
    expect(act).not.toThrow(/s.cret/);
  });
});

it('tells what is too long for it', () => {
  const talk = socks5(open, 'a'.repeat(256), 80);
  expect(() => talk.hear(Buffer.from('0500', 'hex'))).toThrow('256 bytes: the most is 255');
});
