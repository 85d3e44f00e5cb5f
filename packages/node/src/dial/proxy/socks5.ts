import { isIPv4, isIPv6 } from 'node:net';
import { type Proxy, proxyError } from './proxy.ts';
import type { TunnelTalk } from './tunnel-talk.ts';

const version = 5;
const noAuthentication = 0;
const userAndPassword = 2;
const ipv4 = 1;
const domainName = 3;
const ipv6 = 4;

/** What a reply other than 0 means (RFC 1928 6). */
const replies: readonly string[] = [
  'succeeded',
  'general failure',
  'not allowed by its rules',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'too far away (TTL expired)',
  'command not supported',
  'kind of address not supported',
];

/** What is said to a proxy, if anything, and how many bytes of it are wanted then. */
interface Turn {
  readonly say?: Uint8Array;
  readonly want: number;
}

/** Asks a SOCKS 5 proxy for a connection to a host and a port (RFC 1928, with user and password by RFC 1929). */
export function socks5(proxy: Proxy, host: string, port: number): TunnelTalk {
  const talk = converse(proxy, host, port);
  let turn = talk.next();
  let waiting: Buffer = Buffer.alloc(0);
  return {
    opening: (turn.value as Turn).say as Uint8Array,
    hear(chunk) {
      waiting = Buffer.concat([waiting, chunk]);
      let said: Uint8Array | undefined;
      while (!turn.done && waiting.length >= turn.value.want) {
        const { want } = turn.value;
        turn = talk.next(waiting.subarray(0, want));
        waiting = waiting.subarray(want);
        if (!turn.done) said = turn.value.say ?? said;
      }
      if (!turn.done) return said;
      // A server of WebSocket, or of TLS, says nothing before it is asked.
      if (waiting.length > 0) throw proxyError(proxy, 'sent bytes before the server was asked for any');
      return 'open';
    },
  };
}

function* converse(proxy: Proxy, host: string, port: number): Generator<Turn, void, Buffer> {
  const check = (isSo: boolean, otherwise: string) => {
    if (!isSo) throw proxyError(proxy, otherwise);
  };
  const methods = proxy.credentials ? [noAuthentication, userAndPassword] : [noAuthentication];
  const [spoken, method] = yield { say: Uint8Array.of(version, methods.length, ...methods), want: 2 };
  check(spoken === version, `speaks version ${spoken} of SOCKS, not 5`);
  check(methods.includes(method as number), proxy.credentials ? 'wants more than a password' : 'wants a password');
  if (method === userAndPassword) {
    const [, status] = yield { say: formatCredentials(proxy), want: 2 };
    check(status === 0, 'refused user and password');
  }
  const request = [Uint8Array.of(version, 1, 0), formatAddress(proxy, host), Uint8Array.of(port >> 8, port & 0xff)];
  const [, reply = 0, , kind] = yield { say: Buffer.concat(request), want: 4 };
  check(reply === 0, `answered ${replies[reply] ?? `reply ${reply}`}`);
  // The address that the proxy has dialed from: of no use here, but in the way.
  const lengths: Readonly<Record<number, number>> = { [ipv4]: 4, [ipv6]: 16 };
  const length = kind === domainName ? (yield { want: 1 })[0] : lengths[kind as number];
  check(length !== undefined, `replied with an address of the kind ${kind}`);
  yield { want: (length as number) + 2 };
}

function formatCredentials(proxy: Proxy): Uint8Array {
  const colon = proxy.credentials.indexOf(':');
  const parts = [proxy.credentials.slice(0, colon), proxy.credentials.slice(colon + 1)].map((text) =>
    Buffer.from(text),
  );
  return Buffer.concat([Uint8Array.of(1), ...parts.flatMap((part) => [lengthByte(proxy, part), part])]);
}

function formatAddress(proxy: Proxy, host: string): Uint8Array {
  if (isIPv4(host)) return Uint8Array.of(ipv4, ...host.split('.').map(Number));
  if (isIPv6(host)) return Buffer.concat([Uint8Array.of(ipv6), parseIPv6(host)]);
  const name = Buffer.from(host);
  return Buffer.concat([Uint8Array.of(domainName), lengthByte(proxy, name), name]);
}

function lengthByte(proxy: Proxy, { length }: Uint8Array): Uint8Array {
  if (length > 0xff) throw proxyError(proxy, `takes no user, password or host of ${length} bytes: the most is 255`);
  return Uint8Array.of(length);
}

/** The 16 bytes of an address as a URL has it: in hex, with one `::` at the most (RFC 5952). */
function parseIPv6(host: string): Uint8Array {
  const [front, back] = host.split('::').map((part) => part.split(':').filter(Boolean)) as [string[], string[]?];
  const zeros = Array<string>(back ? 8 - front.length - back.length : 0).fill('0');
  const groups = [...front, ...zeros, ...(back ?? [])];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
