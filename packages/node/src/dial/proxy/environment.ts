import { BlockList, isIP } from 'node:net';
import type { Endpoint } from '../../handshake/endpoint.ts';
import { parseProxy, type Proxy } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which proxy the environment names for a server, by the variables that other programs heed too: `wss_proxy` or `https_proxy` for
 * wss:, `ws_proxy` or `http_proxy` for ws:, else `all_proxy`; and none for what stands in `no_proxy`. Names may be in capitals.
 * They are read once, here. Throws as `parseProxy` does.
 */
export function proxyFromEnvironment(env: Environment): (endpoint: Endpoint) => Proxy | undefined {
  const all = read(env, 'all_proxy');
  const secure = read(env, 'wss_proxy') ?? read(env, 'https_proxy') ?? all;
  // In a CGI program HTTP_PROXY is a header of a request, which anybody may send.
  const isCgi = env['REQUEST_METHOD'] !== undefined;
  const plain = read(env, 'ws_proxy') ?? (isCgi ? env['http_proxy'] : read(env, 'http_proxy')) ?? all;
  const exceptions = (read(env, 'no_proxy') ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const [secureProxy, plainProxy] = [secure, plain].map((value) => (value ? parseProxy(withScheme(value)) : undefined));
  return (endpoint) => {
    const proxy = endpoint.isSecure ? secureProxy : plainProxy;
    return proxy && exceptions.some((exception) => isExcepted(exception, endpoint)) ? undefined : proxy;
  };
}

/** An empty value is none: so a variable is switched off for one program. */
function read(env: Environment, name: string): string | undefined {
  return env[name] || env[name.toUpperCase()] || undefined;
}

function withScheme(value: string): string {
  return value.includes('://') ? value : `http://${value}`;
}

/** `*`, a host with all below it, an address, or a range of addresses; each but the range may have a port. */
function isExcepted(exception: string, { host, port }: Endpoint): boolean {
  if (exception === '*') return true;
  const [, address, bits] = /^(.+)\/(\d+)$/.exec(exception) ?? [];
  if (address !== undefined) return isInRange(host, address, Number(bits));
  const [, bracketed, plain = exception, onPort] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(exception) ?? [];
  const name = (bracketed ?? plain).replace(/^\*?\./, '');
  const isPort = onPort === undefined || Number(onPort) === port;
  return isPort && (host === name || (!isIP(host) && host.endsWith(`.${name}`)));
}

function isInRange(host: string, address: string, bits: number): boolean {
  const [family, hostFamily] = [isIP(address), isIP(host)];
  if (!family || family !== hostFamily || bits > (family === 4 ? 32 : 128)) return false;
  const range = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  range.addSubnet(address, bits, kind);
  return range.check(host, kind);
}
