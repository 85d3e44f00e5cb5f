import type { Random } from '../engine/random.ts';

/** What no error may show: it stands as a password, a user name or in a query. */
export const secret = 'S3CRET';

const schemes = [
  'ws',
  'wss',
  'http',
  'https',
  'WS',
  'wS',
  'ftp',
  'file',
  'javascript',
  'data',
  'w s',
  '',
  'ws ',
  ' ws',
];
const separators = ['://', '://', '://', '://', ':', ':/', ':///', ':\\\\', ':\t//', ':/\n/', ': //', '//'];
const users = [
  '',
  '',
  '',
  `user:${secret}@`,
  `${secret}@`,
  `a@b:${secret}@`,
  `%0d%0a:${secret}@`,
  `:${secret}@`,
  '%@',
  '@',
  ':@',
];
const hosts = [
  'test.example',
  'TEST.Example.',
  'xn--nxasmq6b.example',
  'b\u00fccher.example',
  '\u{1f600}.example',
  '127.0.0.1',
  '0x7f.1',
  '1.2.3.4.5',
  '256.256.256.256',
  '[::1]',
  '[::ffff:1.2.3.4]',
  '[::1',
  '::1',
  'a_b',
  'a b',
  'a%20b',
  'a%00b',
  'a%0d%0ab',
  '..',
  '%',
  'x'.repeat(300),
  "a!$&'()*+,;=~",
  '',
];
const ports = [
  '',
  '',
  '',
  ':',
  ':0',
  ':80',
  ':443',
  ':8080',
  ':65535',
  ':65536',
  ':-1',
  ':99999',
  ':8\t0',
  ':http',
  ':080',
];
const paths = [
  '',
  '/',
  '/chat',
  '/a b',
  '/\r\nX: 1',
  '/%0d%0a',
  '/\0',
  '/..',
  '/\u00e9',
  '/\ud800',
  '/"<>`{}|^',
  '\\a',
  '/a//b',
  '/[]',
];
const queries = ['', '', `?token=${secret}`, '?a=b c', '?\'<>"', '?\r\n', '?%', '?\u20ac'];
const fragments = ['', '', '', '', '#', '#x'];
const relatives = [
  '',
  '/chat',
  '//other.example/x',
  `?token=${secret}`,
  '#',
  'x',
  '../x',
  ' ',
  '\t\n',
  `//u:${secret}@h:99999/`,
];

/** A URL, right or wrong, as an app might give it. */
export function generateUrl(random: Random): string {
  if (random.chance(0.1)) return random.pick(relatives);
  const part = (list: readonly string[]) => (random.chance(0.6) ? (list[0] as string) : random.pick(list));
  const url = [schemes, separators, users, hosts, ports, paths, queries, fragments].map(part).join('');
  return random.chance(0.15) ? mutateText(random, url) : url;
}

/** The text with a character put in, taken out, or doubled. */
export function mutateText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const extra = random.pick(['\r', '\n', '\0', '\t', ' ', '@', ':', '/', '?', '#', '%', '\\', '\u00ff', '\u0100', '"']);
  return (
    text.slice(0, at) + random.pick([extra, '', text.slice(at, at + 1)]) + text.slice(random.chance(0.5) ? at : at + 1)
  );
}
