import type { HandshakePolicy } from '../../../packages/node/src/handshake/server-handshake.ts';
import { membersOf, type ReferenceHead, valuesOf } from './reference-head.ts';

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 6455 9.1: `name; parameter; parameter=token; parameter="token"`. */
const parameter = `[\\t ]*;[\\t ]*[!#$%&'*+\\-.^_\`|~\\w]+(?:[\\t ]*=[\\t ]*(?:[!#$%&'*+\\-.^_\`|~\\w]+|"[!#$%&'*+\\-.^_\`|~\\w]+"))?`;
const extension = new RegExp(`^[!#$%&'*+\\-.^_\`|~\\w]+(?:${parameter})*$`);

/** The statuses by which a server may refuse this request: one for each rule that it breaks, none where it keeps all. */
export function brokenRules(head: ReferenceHead, policy: Pick<HandshakePolicy, 'path' | 'origin'>): number[] {
  const [method = '', target = '', version = ''] = head.startLine.split(' ');
  const one = (name: string) => (valuesOf(head, name).length === 1 ? (valuesOf(head, name)[0] as string) : undefined);
  const rules: readonly (readonly [status: number, isKept: boolean])[] = [
    // RFC 6455 4.2.1: a GET of HTTP/1.1 or higher to a resource, a Host, an Upgrade, a Connection, a key, a version.
    [400, /^HTTP\/1\.[1-9]$/.test(version)],
    [405, method === 'GET'],
    [400, isHost(one('host'))],
    [400, valuesOf(head, 'transfer-encoding').length === 0],
    [400, valuesOf(head, 'content-length').every((length) => length === '0')],
    [400, pathOf(target) !== undefined],
    [404, policy.path === undefined || pathOf(target) === policy.path],
    [426, membersOf(head, 'upgrade').includes('websocket')],
    [400, membersOf(head, 'connection').includes('upgrade')],
    [426, one('sec-websocket-version') === '13'],
    [400, isKey(one('sec-websocket-key'))],
    [400, isOffer(valuesOf(head, 'sec-websocket-protocol'))],
    [400, areExtensions(valuesOf(head, 'sec-websocket-extensions'))],
    [400, valuesOf(head, 'origin').length <= 1],
    [403, mayConnect(one('origin'), hostOf(target) ?? one('host'), policy.origin)],
  ];
  return rules.filter(([, isKept]) => !isKept).map(([status]) => status);
}

function isHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:\[[0-9a-fA-F:.]+\]|[-A-Za-z0-9._~!$&'()*+,;=%]+)(?::\d{0,5})?$/.test(host);
}

/** The path of a target in origin form or absolute form (RFC 9112 3.2). */
function pathOf(target: string): string | undefined {
  if (target.includes('#')) return undefined;
  if (target.startsWith('/')) return target.replace(/\?.*/, '');
  return /^(?:http|ws)s?:\/\/./i.test(target) && URL.canParse(target) ? new URL(target).pathname : undefined;
}

/** The host that a target in absolute form names; it counts, not the header (RFC 9112 3.2.2). */
function hostOf(target: string): string | undefined {
  return target.startsWith('/') || pathOf(target) === undefined ? undefined : new URL(target).host;
}

/** 16 bytes in base64, in the one way to write them. */
function isKey(key: string | undefined): boolean {
  if (key === undefined) return false;
  const bytes = Buffer.from(key, 'base64');
  return bytes.length === 16 && bytes.toString('base64') === key;
}

function isOffer(values: readonly string[]): boolean {
  const items = values.flatMap((value) => value.split(/[\t ]*,[\t ]*/)).filter((item) => item !== '');
  const isEmpty = values.length > 0 && items.length === 0;
  return !isEmpty && items.every((item) => tokenPattern.test(item)) && new Set(items).size === items.length;
}

function areExtensions(values: readonly string[]): boolean {
  const items = values.flatMap((value) => value.split(/[\t ]*,[\t ]*/)).filter((item) => item !== '');
  return values.length === 0 || (items.length > 0 && items.every((item) => extension.test(item)));
}

/** Of the origins that are generated, by their scheme, host and port. */
function mayConnect(origin: string | undefined, host: string | undefined, policy: HandshakePolicy['origin']): boolean {
  if (origin === undefined) return true;
  if (typeof policy === 'function') return origin === 'x';
  if (policy === '*') return true;
  const [, scheme = '', name = ''] = /^(https?):\/\/([^/?#@\\]+)\/?$/i.exec(origin) ?? [];
  const port = scheme.toLowerCase() === 'https' ? 443 : 80;
  const isSame = name !== '' && sameHost(name, host ?? '', port);
  return isSame || (Array.isArray(policy) && policy.some((allowed) => allowed.toLowerCase() === origin.toLowerCase()));
}

function sameHost(a: string, b: string, defaultPort: number): boolean {
  const whole = (host: string) =>
    (/:\d+$/.test(host) ? host : `${host.replace(/:$/, '')}:${defaultPort}`).toLowerCase();
  return whole(a) === whole(b);
}
