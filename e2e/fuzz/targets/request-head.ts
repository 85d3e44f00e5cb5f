// Any bytes under any cutting come to the same: a head, a HoldfastError, or more is waited for; a head is taken exactly
// when it is one by the grammar of RFC 9112 and within the limits. A handshake is accepted exactly when it keeps every
// rule of RFC 6455 4.2.1 and of the policy, by a reference that is written from them; else it is refused with the status
// of a rule that it breaks. Both answers are heads by RFC 9112 in which nothing stands that the client has chosen, but
// for a sub-protocol that both know and a body of plain text. Memory is linear in what has arrived.
import { createHash } from 'node:crypto';
import { HoldfastError } from '@holdfast/core';
import { acceptKey } from '../../../packages/node/src/handshake/accept-key.ts';
import { formatRefusal, refusalOf } from '../../../packages/node/src/handshake/refusal.ts';
import { type RequestHead, RequestHeadParser } from '../../../packages/node/src/handshake/request-head.ts';
import {
  checkRequest,
  formatAcceptance,
  type Handshake,
  type HandshakePolicy,
} from '../../../packages/node/src/handshake/server-handshake.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { generateRequest } from '../generate/request.ts';
import {
  judgeHead,
  type ReferenceHead,
  type ReferenceHeadLimits,
  requestLine,
  statusLine,
  valuesOf,
} from '../reference/reference-head.ts';
import { brokenRules } from '../reference/reference-request.ts';
import { headLimits, type HeadParserLike, readInCuttings } from './head-cuttings.ts';

const headerBytes = 3;

const paths = [undefined, '/chat'];
const origins: HandshakePolicy['origin'][] = [
  'same',
  '*',
  ['http://other.example', 'null'],
  (origin) => origin === 'x',
];
const protocols = [[], ['chat'], ['chat', 'superchat']];
const unlimited = { maxHeaderBytes: 100_000, maxHeaders: 100, maxHeaderLineBytes: 100_000 };

/** The parser of requests and the server's check of them, or either with a fault planted. */
export function requestHeadTarget(
  create: (limits: ReferenceHeadLimits) => HeadParserLike<RequestHead> = (limits) => new RequestHeadParser(limits),
  check: typeof checkRequest = checkRequest,
): Target {
  return {
    name: 'request-head',
    weight: { long: 80, short: 90 },
    headerBytes,
    generate(random) {
      const limits = random.chance(0.75) ? 0 : random.below(256);
      return concat([Uint8Array.of(limits, random.below(256), random.below(256)), generateRequest(random)]);
    },
    run(input) {
      const [limitChoice = 0, policyChoice = 0, cutSeed = 0] = input;
      const limits = headLimits(limitChoice);
      const stream = input.subarray(headerBytes);
      const verdict = judgeHead(toLatin1(stream), requestLine, limits);
      const head = readInCuttings(() => create(limits), stream, cutSeed, verdict);
      if (head === undefined) return ['not whole'];
      if (head instanceof HoldfastError) return [head.code, `status ${checkRefusal(head)}`];
      const reference = verdict.head as ReferenceHead;
      checkHead(head, reference);
      return checkHandshake(head, reference, policyOf(policyChoice), check);
    },
  };
}

function policyOf(choice: number): HandshakePolicy & { readonly protocols: readonly string[] } {
  return {
    path: paths[choice % 2],
    origin: origins[(choice >> 1) % 4] as HandshakePolicy['origin'],
    protocols: protocols[(choice >> 3) % 3] as string[],
  };
}

function checkHead({ method, target, version, headers }: RequestHead, { startLine, fields }: ReferenceHead): void {
  holdSame(`${method} ${target} HTTP/${version}`, startLine, 'request line');
  holdSame(JSON.stringify(headers), JSON.stringify(fields), 'headers');
}

function checkHandshake(
  head: RequestHead,
  reference: ReferenceHead,
  policy: ReturnType<typeof policyOf>,
  check: typeof checkRequest,
): string[] {
  const answer = attempt(() => check(head, '', policy));
  const broken = brokenRules(reference, policy);
  if (answer instanceof HoldfastError) {
    holdSame(answer.code, 'handshake-refused', 'code of the refusal');
    const status = checkRefusal(answer);
    hold(
      broken.includes(status),
      () => `${answer.message} (${status}), expected ${broken.join(' or ') || 'acceptance'}`,
    );
    return [answer.code, `status ${status}`];
  }
  holdSame(broken.join(' or '), '', 'statuses of the rules that are broken, and it was accepted');
  checkAcceptance(answer, reference, policy.protocols);
  return ['accepted', answer.protocol ? 'accepted with a sub-protocol' : 'accepted without one'];
}

/** Throws a Breach unless the answer to this is a whole response that leaves nothing open; answers its status. */
function checkRefusal(error: HoldfastError): number {
  const text = Buffer.from(formatRefusal(refusalOf(error)), 'utf8');
  const { head } = judgeHead(toLatin1(text), statusLine, unlimited);
  hold(head !== undefined, () => `the refusal is no head: ${text.toString('utf8')}`);
  holdSame(valuesOf(head, 'content-length').join(), String(text.length - head.bytes), 'length of the body');
  hold(valuesOf(head, 'connection').join().includes('close'), 'the refusal does not end the connection');
  holdSame(valuesOf(head, 'content-type').join(), 'text/plain; charset=utf-8', 'type of the body');
  const status = Number(head.startLine.split(' ')[1]);
  if (status === 405) holdSame(valuesOf(head, 'allow').join(), 'GET', 'Allow');
  // RFC 6455 4.4.
  if (status === 426) holdSame(valuesOf(head, 'sec-websocket-version').join(), '13', 'Sec-WebSocket-Version');
  const known = [
    'connection',
    'content-type',
    'x-content-type-options',
    'content-length',
    'allow',
    'upgrade',
    'sec-websocket-version',
  ];
  hold(
    head.fields.every(([name]) => known.includes(name)),
    () => `a header in the refusal: ${JSON.stringify(head.fields)}`,
  );
  return status;
}

function checkAcceptance(handshake: Handshake, reference: ReferenceHead, spoken: readonly string[]): void {
  const text = formatAcceptance(handshake, acceptKey);
  const { head } = judgeHead(text, statusLine, unlimited);
  holdSame(head?.bytes, text.length, 'length of the acceptance');
  const key = valuesOf(reference, 'sec-websocket-key')[0] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const offered = valuesOf(reference, 'sec-websocket-protocol')
    .join()
    .split(',')
    .map((item) => item.trim());
  const chosen = spoken.find((protocol) => offered.includes(protocol));
  const expected = [
    ['upgrade', 'websocket'],
    ['connection', 'Upgrade'],
    ['sec-websocket-accept', accept],
    ...(chosen === undefined ? [] : [['sec-websocket-protocol', chosen]]),
  ];
  holdSame(head?.startLine, 'HTTP/1.1 101 Switching Protocols', 'status line');
  holdSame(JSON.stringify(head?.fields), JSON.stringify(expected), 'headers of the acceptance');
}
